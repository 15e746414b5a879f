using MassTransit;

namespace Sigma.IntegrationTests.Faults.Bus;

/// <summary>
/// Outermost on every queue: the message goes back to it before or after it was worked on. A broker that really closes connections is the
/// matter of the tests that kill it.
/// </summary>
internal sealed class ReceiveFaults(FaultDice dice) : IFilter<ReceiveContext>
{
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        switch (dice.Draw(FaultKind.Before, FaultKind.Before, FaultKind.After, FaultKind.After, FaultKind.After, FaultKind.Slow))
        {
            case FaultKind.Before:
                throw Lost("before it was worked on");
            case FaultKind.After:
                await next.Send(context);
                await context.ReceiveCompleted;
                throw Lost("before it was acknowledged");
            case FaultKind.Slow:
                await Task.Delay(dice.Pause(), context.CancellationToken);
                break;
        }
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("receive-faults");

    static IOException Lost(string when) => new($"Injected: the message is lost from sight {when}, the broker delivers it again");
}
