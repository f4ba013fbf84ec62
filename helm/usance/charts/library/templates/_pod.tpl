{{/* Restricted, as the pod security standard of that name wants it. */}}
{{- define "usance.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "usance.containerSecurity" -}}
allowPrivilegeEscalation: false
privileged: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* How a process reaches Postgres. Takes a list of the root context and the service. */}}
{{- define "usance.env.postgres" -}}
{{- $root := index . 0 -}}
{{- $postgres := $root.Values.global.postgres -}}
- name: USANCE_POSTGRES_ADDRESS
  value: {{ include "usance.postgres.address" $root | quote }}
- name: USANCE_POSTGRES_DATABASE
  value: {{ $postgres.database | quote }}
- name: USANCE_POSTGRES_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ include "usance.postgres.secret" $root }}
      key: {{ index . 1 }}
{{- if $postgres.tls.enabled }}
- name: QUARKUS_DATASOURCE_JDBC_ADDITIONAL_JDBC_PROPERTIES_SSLMODE
  value: verify-full
- name: QUARKUS_DATASOURCE_JDBC_ADDITIONAL_JDBC_PROPERTIES_SSLROOTCERT
  value: /etc/usance/postgres/ca.crt
- name: QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE
  value: verify-full
- name: QUARKUS_DATASOURCE_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM
  value: HTTPS
- name: QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM
  value: "true"
- name: QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS
  value: /etc/usance/postgres/ca.crt
{{- end }}
{{- end -}}

{{/* How a process reaches Kafka. */}}
{{- define "usance.env.kafka" -}}
{{- $kafka := .Values.global.kafka -}}
- name: USANCE_KAFKA_BOOTSTRAP
  value: {{ include "usance.kafka.bootstrap" . | quote }}
{{- if or $kafka.tls.enabled $kafka.sasl.mechanism }}
- name: KAFKA_SECURITY_PROTOCOL
  value: {{ if $kafka.sasl.mechanism }}SASL_{{ end }}{{ if $kafka.tls.enabled }}SSL{{ else }}PLAINTEXT{{ end }}
{{- end }}
{{- if $kafka.tls.enabled }}
{{- if $kafka.tls.caSecret }}
- name: KAFKA_SSL_TRUSTSTORE_TYPE
  value: PEM
- name: KAFKA_SSL_TRUSTSTORE_LOCATION
  value: /etc/usance/kafka/ca.crt
{{- end }}
{{- end }}
{{- with $kafka.sasl.mechanism }}
- name: KAFKA_SASL_MECHANISM
  value: {{ . }}
- name: KAFKA_SASL_JAAS_CONFIG
  valueFrom:
    secretKeyRef:
      name: {{ required "global.kafka.sasl.existingSecret: say which Secret holds the key jaas-config" $kafka.sasl.existingSecret }}
      key: jaas-config
{{- end }}
{{- end -}}

{{/* Where certificates are mounted; nothing when none is needed. Takes the root context. */}}
{{- define "usance.mounts.authorities" -}}
{{- if .Values.global.postgres.tls.enabled }}
- name: postgres-authority
  mountPath: /etc/usance/postgres
  readOnly: true
{{- end }}
{{- if and .Values.global.kafka.tls.enabled .Values.global.kafka.tls.caSecret }}
- name: kafka-authority
  mountPath: /etc/usance/kafka
  readOnly: true
{{- end }}
{{- end -}}

{{- define "usance.volumes.authorities" -}}
{{- if .Values.global.postgres.tls.enabled }}
- name: postgres-authority
  secret:
    secretName: {{ required "global.postgres.tls.caSecret: say which Secret holds the key ca.crt" .Values.global.postgres.tls.caSecret }}
    items: [{key: ca.crt, path: ca.crt}]
{{- end }}
{{- if and .Values.global.kafka.tls.enabled .Values.global.kafka.tls.caSecret }}
- name: kafka-authority
  secret:
    secretName: {{ .Values.global.kafka.tls.caSecret }}
    items: [{key: ca.crt, path: ca.crt}]
{{- end }}
{{- end -}}

{{/* What every process of ours writes: scratch files, and nothing that is to last. */}}
{{- define "usance.volume.scratch" -}}
- name: scratch
  emptyDir:
    sizeLimit: 64Mi
{{- end -}}
