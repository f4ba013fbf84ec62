{{/* Name of an object: the release, and what it is. Takes a list of the root context and the word. */}}
{{- define "usance.name" -}}
{{- $root := index . 0 -}}
{{- printf "%s-%s" ($root.Release.Name | trunc 40 | trimSuffix "-") (index . 1) -}}
{{- end -}}

{{/* What never changes about the pods of a component, since a Deployment may not change it. */}}
{{- define "usance.selector" -}}
app.kubernetes.io/name: {{ index . 1 }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
{{- end -}}

{{- define "usance.labels" -}}
{{- $root := index . 0 -}}
{{ include "usance.selector" . }}
app.kubernetes.io/part-of: usance
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "usance-%s" ($root.Chart.Version | replace "+" "_") }}
{{- end -}}

{{/* Takes a list of the root context and the image's values. A digest wins over a tag. */}}
{{- define "usance.image" -}}
{{- $root := index . 0 -}}
{{- $image := index . 1 -}}
{{- $registry := $root.Values.global.image.registry -}}
{{- $repository := ternary (printf "%s/%s" $registry $image.repository) $image.repository (ne $registry "") -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $repository $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $repository ($image.tag | default $root.Values.global.image.tag | default $root.Chart.AppVersion) -}}
{{- end -}}
{{- end -}}

{{/* The two halves of host:port. */}}
{{- define "usance.port" -}}
{{- $parts := splitList ":" . -}}
{{- if ne (len $parts) 2 -}}
{{- fail (printf "%q is not an address: write host:port" .) -}}
{{- end -}}
{{- index $parts 1 -}}
{{- end -}}

{{- define "usance.postgres.address" -}}
{{- .Values.global.postgres.address | default (printf "%s:5432" (include "usance.name" (list . "postgres"))) -}}
{{- end -}}

{{- define "usance.kafka.bootstrap" -}}
{{- .Values.global.kafka.bootstrap | default (printf "%s:9092" (include "usance.name" (list . "kafka"))) -}}
{{- end -}}

{{/* Names of Secrets: those that are there already, or those that the evaluation makes. */}}
{{- define "usance.postgres.secret" -}}
{{- .Values.global.postgres.existingSecret | default (include "usance.name" (list . "postgres")) -}}
{{- end -}}

{{- define "usance.signing.secret" -}}
{{- .Values.global.signing.existingSecret | default (include "usance.name" (list . "signing")) -}}
{{- end -}}

{{- define "usance.token.secret" -}}
{{- .Values.global.firstToken.existingSecret | default (include "usance.name" (list . "first-token")) -}}
{{- end -}}
