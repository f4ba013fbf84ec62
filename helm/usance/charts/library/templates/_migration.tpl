{{/*
Brings a service's schema up to date before its new pods come: what a migration does must be bearable for the pods that still
run. With the Postgres of the evaluation there is nothing to migrate before the first pods, so they do it themselves.
*/}}
{{- define "usance.migration" -}}
{{- $root := .root -}}
{{- $values := $root.Values -}}
{{- $global := $values.global -}}
{{- $word := printf "%s-migration" .name -}}
{{- $name := include "usance.name" (list $root $word) -}}
{{- $hooks := ternary "pre-upgrade" "pre-install,pre-upgrade" (empty $global.postgres.address) -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ $name }}
  labels: {{- include "usance.labels" (list $root $word) | nindent 4 }}
  annotations:
    helm.sh/hook: {{ $hooks }}
    helm.sh/hook-weight: "0"
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
spec:
  backoffLimit: 3
  activeDeadlineSeconds: 3600
  template:
    metadata:
      labels: {{- include "usance.labels" (list $root $word) | nindent 8 }}
    spec:
      restartPolicy: Never
      automountServiceAccountToken: false
      enableServiceLinks: false
      securityContext: {{- include "usance.podSecurity" 1001 | nindent 8 }}
      {{- with $global.image.pullSecrets }}
      imagePullSecrets: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $values.nodeSelector }}
      nodeSelector: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $values.tolerations }}
      tolerations: {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: migration
          image: {{ include "usance.image" (list $root $values.image) }}
          imagePullPolicy: {{ $values.image.pullPolicy }}
          securityContext: {{- include "usance.containerSecurity" . | nindent 12 }}
          env:
            - name: QUARKUS_INIT_AND_EXIT
              value: "true"
            - name: QUARKUS_FLYWAY_MIGRATE_AT_START
              value: "true"
            - name: USANCE_JWT_PUBLIC_KEY_LOCATION
              value: /etc/usance/signing/public.pem
            {{- include "usance.env.postgres" (list $root .name) | nindent 12 }}
            {{- include "usance.env.kafka" $root | nindent 12 }}
            - name: USANCE_LOG_JSON
              value: {{ $global.logJson | quote }}
          resources: {{- toYaml $values.migration.resources | nindent 12 }}
          volumeMounts:
            - name: scratch
              mountPath: /tmp
            - name: signing
              mountPath: /etc/usance/signing
              readOnly: true
            {{- include "usance.mounts.authorities" $root | nindent 12 }}
      volumes:
        {{- include "usance.volume.scratch" . | nindent 8 }}
        - name: signing
          secret:
            secretName: {{ include "usance.signing.secret" $root }}
            items: [{key: public.pem, path: public.pem}]
        {{- include "usance.volumes.authorities" $root | nindent 8 }}
{{- end -}}
