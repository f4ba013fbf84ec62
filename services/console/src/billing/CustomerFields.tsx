import { Fieldset, SimpleGrid, Stack, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { Schemas } from '../api/client';
import { SubjectKeys } from './SubjectKeys';

export interface CustomerForm {
  name: string;
  key: string;
  description: string;
  subject_keys: string[];
  primary_email: string;
  currency: string;
  billing_address: Record<keyof Schemas['Address'], string>;
}

export const CUSTOMER_FIELDS = [
  'name',
  'key',
  'description',
  'usage_attribution.subject_keys',
  'primary_email',
  'currency',
  ...['country', 'postal_code', 'state', 'city', 'line1', 'line2', 'phone_number'].map(
    (part) => `billing_address.${part}`,
  ),
];

export function customerForm(customer?: Schemas['BillingCustomer']): CustomerForm {
  const address = customer?.billing_address;
  return {
    name: customer?.name ?? '',
    key: customer?.key ?? '',
    description: customer?.description ?? '',
    subject_keys: customer?.usage_attribution?.subject_keys ?? [],
    primary_email: customer?.primary_email ?? '',
    currency: customer?.currency ?? '',
    billing_address: {
      country: address?.country ?? '',
      postal_code: address?.postal_code ?? '',
      state: address?.state ?? '',
      city: address?.city ?? '',
      line1: address?.line1 ?? '',
      line2: address?.line2 ?? '',
      phone_number: address?.phone_number ?? '',
    },
  };
}

/** All but the key, as the API takes it: what is empty is left out. */
export function customerOf(form: CustomerForm): Schemas['UpsertCustomerRequest'] {
  const given = (text: string) => text.trim() || undefined;
  const address = Object.fromEntries(
    Object.entries(form.billing_address)
      .map(([part, text]) => [part, text.trim()] as const)
      .filter(([, text]) => text),
  ) as Schemas['Address'];
  return {
    name: form.name.trim(),
    description: given(form.description),
    usage_attribution: { subject_keys: form.subject_keys },
    primary_email: given(form.primary_email),
    currency: given(form.currency)?.toUpperCase(),
    ...(Object.keys(address).length > 0 ? { billing_address: address } : {}),
  };
}

/** Faults of the API under the names that the form has. */
export function customerFaults(faults: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(faults).map(([field, reason]) => [field.replace('usage_attribution.', ''), reason]),
  );
}

interface Props {
  form: UseFormReturnType<CustomerForm>;
  /** A customer that is there keeps its key. */
  known: boolean;
}

export function CustomerFields({ form, known }: Props) {
  return (
    <Stack>
      <TextInput label="Name" required {...form.getInputProps('name')} />
      <TextInput
        label="Key"
        description="Events with this subject are the customer's usage. It never changes."
        required
        disabled={known}
        {...form.getInputProps('key')}
      />
      <SubjectKeys {...form.getInputProps('subject_keys')} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label="Primary e-mail" type="email" {...form.getInputProps('primary_email')} />
        <TextInput
          label="Currency"
          placeholder="That of the first subscription"
          maxLength={3}
          {...form.getInputProps('currency')}
        />
      </SimpleGrid>
      <TextInput label="Description" {...form.getInputProps('description')} />
      <Fieldset legend="Billing address">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label="Address line 1" {...form.getInputProps('billing_address.line1')} />
          <TextInput label="Address line 2" {...form.getInputProps('billing_address.line2')} />
          <TextInput label="City" {...form.getInputProps('billing_address.city')} />
          <TextInput label="State" {...form.getInputProps('billing_address.state')} />
          <TextInput label="Postal code" {...form.getInputProps('billing_address.postal_code')} />
          <TextInput
            label="Country"
            description="Two letters, such as US."
            maxLength={2}
            {...form.getInputProps('billing_address.country')}
          />
          <TextInput label="Phone number" {...form.getInputProps('billing_address.phone_number')} />
        </SimpleGrid>
      </Fieldset>
    </Stack>
  );
}
