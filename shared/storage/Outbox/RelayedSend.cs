using MassTransit;
using MassTransit.Middleware;

namespace Sigma.Storage.Outbox;

/// <summary>How a stored message is handed to the transport: as it was stored, and as the transport's settings want it.</summary>
internal sealed class RelayedSend(Action<SendContext> prepare)
{
    public IPipe<SendContext> Pipe(OutboxRow row) => new PreparedPipe(new OutboxMessageSendPipe(row, row.DestinationAddress!), prepare);

    sealed class PreparedPipe(OutboxMessageSendPipe stored, Action<SendContext> prepare) : IPipe<SendContext>
    {
        public async Task Send(SendContext context)
        {
            await stored.Send(context);
            prepare(context);
        }

        public void Probe(ProbeContext context) => stored.Probe(context);
    }
}
