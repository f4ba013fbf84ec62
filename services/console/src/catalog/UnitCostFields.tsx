import { Fieldset, Group, Radio, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { TOKEN_TYPES, type Part, type UnitCostForm } from './unitCost';

interface Props {
  form: UnitCostForm;
  /** The meter's labels. */
  dimensions: string[];
  onChange: (form: UnitCostForm) => void;
  error?: string | undefined;
}

/** What one unit costs us, so that margins can be seen; customers do not see it. */
export function UnitCostFields({ form, dimensions, onChange, error }: Props) {
  return (
    <Fieldset legend="Unit cost">
      <Stack gap="sm">
        <Radio.Group
          aria-label="Unit cost"
          value={form.kind}
          onChange={(kind) => onChange({ ...form, kind: kind as UnitCostForm['kind'] })}
        >
          <Group>
            <Radio value="none" label="None" />
            <Radio value="manual" label="Manual" />
            <Radio value="llm" label="LLM" disabled={dimensions.length === 0 && form.kind !== 'llm'} />
          </Group>
        </Radio.Group>
        {form.kind === 'manual' && (
          <TextInput
            label="Amount in USD"
            inputMode="decimal"
            value={form.amount}
            onChange={({ currentTarget: { value } }) => onChange({ ...form, amount: value })}
          />
        )}
        {form.kind === 'llm' && (
          <>
            <PartField
              label="Provider"
              part={form.provider}
              dimensions={dimensions}
              onChange={(provider) => onChange({ ...form, provider })}
            />
            <PartField
              label="Model"
              part={form.model}
              dimensions={dimensions}
              onChange={(model) => onChange({ ...form, model })}
            />
            <PartField
              label="Token type"
              part={form.tokenType}
              dimensions={dimensions}
              choices={TOKEN_TYPES}
              onChange={(tokenType) => onChange({ ...form, tokenType })}
            />
          </>
        )}
        {error && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {error}
          </Text>
        )}
      </Stack>
    </Fieldset>
  );
}

function PartField({
  label,
  part,
  dimensions,
  choices,
  onChange,
}: {
  label: string;
  part: Part;
  dimensions: string[];
  choices?: string[];
  onChange: (part: Part) => void;
}) {
  const options = part.from === 'property' ? dimensions : choices;
  return (
    <Group align="flex-end" gap="xs">
      {options ? (
        <Select
          label={label}
          flex={1}
          data={options}
          value={part.value || null}
          onChange={(value) => onChange({ ...part, value: value ?? '' })}
        />
      ) : (
        <TextInput
          label={label}
          flex={1}
          value={part.value}
          onChange={({ currentTarget: { value } }) => onChange({ ...part, value })}
        />
      )}
      <SegmentedControl
        aria-label={`Where the ${label.toLowerCase()} is from`}
        data={[
          { value: 'static', label: 'Static' },
          { value: 'property', label: 'Label' },
        ]}
        value={part.from}
        onChange={(from) => onChange({ from: from as Part['from'], value: '' })}
      />
    </Group>
  );
}
