import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../api/problem';
import { show } from '../test.page';
import { ProblemAlert } from './ProblemAlert';

const answer = (status: number, body: unknown) =>
  ProblemError.of(
    new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json' } }),
  );

describe('the explanation of an error', () => {
  it('says each fault with its field', async () => {
    const failure = await answer(400, {
      status: 400,
      title: 'Bad Request',
      detail: '2 parameters are invalid',
      invalid_parameters: [
        { field: 'phases[0].rate_cards[1].price.amount', rule: 'matches_regex', reason: 'must be a decimal' },
        { field: 'name', rule: 'required', reason: 'is required' },
      ],
    });
    show(<ProblemAlert failure={failure} />);
    expect(screen.getByText('Bad Request')).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toContain(
      'phases.0.rate_cards.1.price.amount: must be a decimal',
    );
    expect(screen.getByRole('alert').textContent).toContain('name: is required');
  });

  it('does not repeat what is said beside the fields', async () => {
    const failure = await answer(400, {
      title: 'Bad Request',
      invalid_parameters: [
        { field: 'name', reason: 'is required' },
        { field: 'labels.a', reason: 'is no label' },
      ],
    });
    show(<ProblemAlert failure={failure} shown={['name']} />);
    expect(screen.getByRole('alert').textContent).not.toContain('is required');
    expect(screen.getByRole('alert').textContent).toContain('labels.a: is no label');
  });

  it('says the rules of the domain that were broken', async () => {
    const failure = await answer(409, {
      title: 'Conflict',
      detail: 'the plan has no phases',
      extensions: {
        validationErrors: [
          { code: 'plan_with_no_phases', message: 'the plan has no phases', field: '$.phases' },
        ],
      },
    });
    show(<ProblemAlert failure={failure} />);
    expect(screen.getByRole('alert').textContent).toContain('phases: the plan has no phases');
  });

  it('names the request that failed on our side, and offers to try again', async () => {
    const failure = await answer(503, {
      title: 'Service Unavailable',
      detail: 'catalog is not available right now; nothing was taken, try again',
      instance: 'urn:request:01KJM0000000000000000REQ01',
    });
    let tries = 0;
    show(<ProblemAlert failure={failure} onRetry={() => tries++} />);
    expect(
      screen.getByText('Catalog is not available right now; nothing was taken, try again.'),
    ).toBeTruthy();
    expect(screen.getByText('Request 01KJM0000000000000000REQ01')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(tries).toBe(1);
  });

  it('makes sense of an answer that is none of ours', async () => {
    const failure = await ProblemError.of(new Response('<html>', { status: 502 }));
    show(<ProblemAlert failure={failure} />);
    expect(screen.getByText('The server answered with status 502.')).toBeTruthy();
  });
});
