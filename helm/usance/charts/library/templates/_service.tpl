{{/*
All that a service consists of. Takes a dict:
  root      the context of the service's chart
  name      its word, such as catalog
  calls     the services that it asks
  calledBy  the services that ask it
  platform  whether it has a schema in Postgres and topics in Kafka
  signs     whether it holds the private key
*/}}
{{- define "usance.service" -}}
{{- $root := .root -}}
{{- $values := $root.Values -}}
{{- $global := $values.global -}}
{{- $name := include "usance.name" (list $root .name) -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ $name }}
  labels: {{- include "usance.labels" (list $root .name) | nindent 4 }}
automountServiceAccountToken: false
---
apiVersion: v1
kind: Service
metadata:
  name: {{ $name }}
  labels: {{- include "usance.labels" (list $root .name) | nindent 4 }}
  {{- with $values.service.annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: {{ $values.service.type }}
  selector: {{- include "usance.selector" (list $root .name) | nindent 4 }}
  ports:
    - name: http
      port: 8080
      targetPort: http
      protocol: TCP
    - name: management
      port: 9000
      targetPort: management
      protocol: TCP
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $name }}
  labels: {{- include "usance.labels" (list $root .name) | nindent 4 }}
spec:
  {{- if not $values.autoscaling.enabled }}
  replicas: {{ $values.replicas }}
  {{- end }}
  revisionHistoryLimit: 5
  progressDeadlineSeconds: 300
  selector:
    matchLabels: {{- include "usance.selector" (list $root .name) | nindent 6 }}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 1
      maxUnavailable: 0
  template:
    metadata:
      labels:
        {{- include "usance.labels" (list $root .name) | nindent 8 }}
        {{- with $values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with $values.podAnnotations }}
      annotations: {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      serviceAccountName: {{ $name }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      securityContext: {{- include "usance.podSecurity" 1001 | nindent 8 }}
      # What is under way is answered first; partitions are handed over by then, too.
      terminationGracePeriodSeconds: {{ $values.terminationGracePeriodSeconds }}
      {{- with $global.image.pullSecrets }}
      imagePullSecrets: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $values.priorityClassName }}
      priorityClassName: {{ . }}
      {{- end }}
      {{- with $values.nodeSelector }}
      nodeSelector: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $values.tolerations }}
      tolerations: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $values.affinity }}
      affinity: {{- toYaml . | nindent 8 }}
      {{- end }}
      topologySpreadConstraints:
        {{- range $values.topologyKeys }}
        - topologyKey: {{ . }}
          maxSkew: 1
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels: {{- include "usance.selector" (list $root $.name) | nindent 14 }}
        {{- end }}
      containers:
        - name: {{ .name }}
          image: {{ include "usance.image" (list $root $values.image) }}
          imagePullPolicy: {{ $values.image.pullPolicy }}
          securityContext: {{- include "usance.containerSecurity" . | nindent 12 }}
          ports:
            - name: http
              containerPort: 8080
              protocol: TCP
            - name: management
              containerPort: 9000
              protocol: TCP
          env:
            - name: QUARKUS_HTTP_HOST
              value: 0.0.0.0
            - name: QUARKUS_HTTP_PORT
              value: "8080"
            - name: QUARKUS_MANAGEMENT_HOST
              value: 0.0.0.0
            - name: QUARKUS_MANAGEMENT_PORT
              value: "9000"
            - name: USANCE_JWT_PUBLIC_KEY_LOCATION
              value: /etc/usance/signing/public.pem
            {{- if .signs }}
            - name: USANCE_JWT_PRIVATE_KEY_LOCATION
              value: /etc/usance/signing/private.pem
            {{- end }}
            {{- if .platform }}
            {{- include "usance.env.postgres" (list $root .name) | nindent 12 }}
            {{- include "usance.env.kafka" $root | nindent 12 }}
            # With a Postgres of one's own a Job has brought the schema up to date before this pod.
            - name: QUARKUS_FLYWAY_MIGRATE_AT_START
              value: {{ $global.postgres.address | empty | quote }}
            {{- end }}
            {{- range .calls }}
            - name: USANCE_{{ upper . }}_URL
              value: http://{{ include "usance.name" (list $root .) }}:8080
            {{- end }}
            {{- if eq .name "catalog" }}
            # The admin token of the first tenant; made once, and left alone once it is revoked.
            - name: CATALOG_ACCESS_BOOTSTRAP_TOKEN
              valueFrom:
                secretKeyRef:
                  name: {{ include "usance.token.secret" $root }}
                  key: token
                  optional: {{ $global.firstToken.existingSecret | empty | not }}
            {{- end }}
            - name: USANCE_LOG_JSON
              value: {{ $global.logJson | quote }}
            {{- with $global.tracing.endpoint }}
            - name: USANCE_TRACING_ENDPOINT
              value: {{ . | quote }}
            - name: USANCE_TRACING_RATIO
              value: {{ $global.tracing.ratio | quote }}
            {{- end }}
            - name: JDK_JAVA_OPTIONS
              value: {{ $values.javaOptions | quote }}
            {{- with $values.env }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          # Five minutes to come up: the database may be on its way, too.
          startupProbe:
            httpGet: {path: /q/health/started, port: management}
            periodSeconds: 2
            timeoutSeconds: 2
            failureThreshold: 150
          readinessProbe:
            httpGet: {path: /q/health/ready, port: management}
            periodSeconds: 5
            timeoutSeconds: 3
            failureThreshold: 2
          livenessProbe:
            httpGet: {path: /q/health/live, port: management}
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          lifecycle:
            preStop:
              # Until every proxy has heard that this pod is going, it goes on answering.
              sleep: {seconds: {{ $values.preStopSeconds }}}
          resources: {{- toYaml $values.resources | nindent 12 }}
          volumeMounts:
            - name: scratch
              mountPath: /tmp
            - name: signing
              mountPath: /etc/usance/signing
              readOnly: true
            {{- if .platform }}
            {{- include "usance.mounts.authorities" $root | nindent 12 }}
            {{- end }}
      volumes:
        {{- include "usance.volume.scratch" . | nindent 8 }}
        - name: signing
          secret:
            secretName: {{ include "usance.signing.secret" $root }}
            items:
              - {key: public.pem, path: public.pem}
              {{- if .signs }}
              - {key: private.pem, path: private.pem}
              {{- end }}
        {{- if .platform }}
        {{- include "usance.volumes.authorities" $root | nindent 8 }}
        {{- end }}
{{- if $values.autoscaling.enabled }}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ $name }}
  labels: {{- include "usance.labels" (list $root .name) | nindent 4 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ $name }}
  minReplicas: {{ $values.autoscaling.minReplicas }}
  maxReplicas: {{ $values.autoscaling.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: {{ $values.autoscaling.cpuUtilization }}
    {{- with $values.autoscaling.metrics }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  behavior:
    # Each change hands partitions over: not more often than it helps.
    scaleDown:
      stabilizationWindowSeconds: 600
{{- end }}
{{- if $values.disruptionBudget.enabled }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ $name }}
  labels: {{- include "usance.labels" (list $root .name) | nindent 4 }}
spec:
  maxUnavailable: {{ $values.disruptionBudget.maxUnavailable }}
  selector:
    matchLabels: {{- include "usance.selector" (list $root .name) | nindent 6 }}
{{- end }}
{{- if $global.networkPolicy.enabled }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ $name }}
  labels: {{- include "usance.labels" (list $root .name) | nindent 4 }}
spec:
  podSelector:
    matchLabels: {{- include "usance.selector" (list $root .name) | nindent 6 }}
  policyTypes: [Ingress, Egress]
  ingress:
    {{- if .calledBy }}
    - from:
        {{- range .calledBy }}
        - podSelector:
            matchLabels: {{- include "usance.selector" (list $root .) | nindent 14 }}
        {{- end }}
      ports: [{port: http, protocol: TCP}]
    {{- else }}
    # The one public door.
    - ports: [{port: http, protocol: TCP}]
      {{- with $global.networkPolicy.doorFrom }}
      from:
        {{- toYaml . | nindent 8 }}
        # helm test comes by the door, too.
        - podSelector:
            matchLabels: {{- include "usance.selector" (list $root "guide") | nindent 14 }}
      {{- end }}
    {{- end }}
    - from: {{- toYaml $global.networkPolicy.monitoringFrom | nindent 8 }}
      ports: [{port: management, protocol: TCP}]
  egress:
    {{- include "usance.egress.dns" $root | nindent 4 }}
    {{- if .calls }}
    - to:
        {{- range .calls }}
        - podSelector:
            matchLabels: {{- include "usance.selector" (list $root .) | nindent 14 }}
        {{- end }}
      ports: [{port: http, protocol: TCP}]
    {{- end }}
    {{- if .platform }}
    {{- include "usance.egress.platform" $root | nindent 4 }}
    {{- end }}
    {{- with $global.tracing.endpoint }}
    - ports: [{port: {{ regexFind "[0-9]+$" . }}, protocol: TCP}]
    {{- end }}
{{- end }}
{{- if and .platform }}
---
{{ include "usance.migration" . }}
{{- end }}
{{- end -}}

{{- define "usance.egress.dns" -}}
- to:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: kube-system
  ports:
    - {port: 53, protocol: UDP}
    - {port: 53, protocol: TCP}
{{- end -}}

{{- define "usance.egress.platform" -}}
{{- $global := .Values.global -}}
- ports: [{port: {{ include "usance.port" (include "usance.postgres.address" .) }}, protocol: TCP}]
  {{- if $global.postgres.address }}
  {{- with $global.networkPolicy.postgresTo }}
  to: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- else }}
  to:
    - podSelector:
        matchLabels: {{- include "usance.selector" (list . "postgres") | nindent 10 }}
  {{- end }}
{{ include "usance.egress.kafka" . }}
{{- end -}}

{{- define "usance.egress.kafka" -}}
{{- $global := .Values.global -}}
{{- $ports := list -}}
{{- range splitList "," (include "usance.kafka.bootstrap" .) -}}
{{- $ports = append $ports (include "usance.port" (trim .)) -}}
{{- end -}}
- ports:
    {{- range uniq $ports }}
    - {port: {{ . }}, protocol: TCP}
    {{- end }}
  {{- if $global.kafka.bootstrap }}
  {{- with $global.networkPolicy.kafkaTo }}
  to: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- else }}
  to:
    - podSelector:
        matchLabels: {{- include "usance.selector" (list . "kafka") | nindent 10 }}
  {{- end }}
{{- end -}}
