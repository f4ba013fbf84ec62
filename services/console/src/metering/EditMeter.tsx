import { Button, Group, Stack, TextInput, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { Link, useNavigate, useParams } from 'react-router';
import { $api, type Schemas } from '../api/client';
import { faultsByField } from '../api/problem';
import { Loaded } from '../ui/Loaded';
import { Page } from '../ui/Page';
import { ProblemAlert } from '../ui/ProblemAlert';
import { DimensionFields, dimensionRows, dimensionsOf } from './DimensionFields';
import { METERING_TRAIL } from './tabs';

const FIELDS = ['name', 'description', 'dimensions'];

export function EditMeter() {
  const { meterId = '' } = useParams();
  const meter = $api.useQuery('get', '/v3/openmeter/meters/{meterId}', { params: { path: { meterId } } });
  return (
    <Loaded query={meter} what="meter">
      {(data) => <EditForm meter={data} />}
    </Loaded>
  );
}

function EditForm({ meter }: { meter: Schemas['Meter'] }) {
  const navigate = useNavigate();
  const back = `/metering/meters/${meter.id}`;
  const update = $api.useMutation('put', '/v3/openmeter/meters/{meterId}');
  const form = useForm({
    initialValues: {
      name: meter.name,
      description: meter.description ?? '',
      dimensions: dimensionRows(meter.dimensions),
    },
    validate: { name: (name) => (name.trim() ? null : 'Give the meter a name.') },
  });
  return (
    <Page
      title={`Edit ${meter.name}`}
      trail={[...METERING_TRAIL, { label: meter.name, to: back }]}
      description="What it counts is fixed. Changed labels hold for the events before, too: they are counted again in the background."
    >
      <form
        noValidate
        onSubmit={form.onSubmit(({ name, description, dimensions }) =>
          update.mutate(
            {
              params: { path: { meterId: meter.id } },
              body: {
                name: name.trim(),
                description: description.trim(),
                dimensions: dimensionsOf(dimensions),
                ...(meter.labels ? { labels: meter.labels } : {}),
              },
            },
            {
              onSuccess: () => {
                notifications.show({ message: 'Saved' });
                void navigate(back);
              },
              onError: (failure) => form.setErrors(faultsByField(failure, FIELDS)),
            },
          ),
        )}
      >
        <Stack maw={640}>
          {update.isError && <ProblemAlert failure={update.error} shown={FIELDS} />}
          <TextInput label="Name" required {...form.getInputProps('name')} />
          <Textarea label="Description" autosize minRows={2} {...form.getInputProps('description')} />
          <DimensionFields
            rows={form.values.dimensions}
            onChange={(rows) => form.setFieldValue('dimensions', rows)}
            error={form.errors.dimensions as string | undefined}
          />
          <Group>
            <Button type="submit" loading={update.isPending}>
              Save
            </Button>
            <Button variant="subtle" component={Link} to={back}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}
