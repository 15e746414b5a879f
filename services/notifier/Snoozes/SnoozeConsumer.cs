using MassTransit;
using Sigma.Contracts;
using Sigma.Notifier.Alerts;
using Sigma.Storage;
using Sigma.Storage.Outbox;

namespace Sigma.Notifier.Snoozes;

/// <summary>Hears who wants to hear no more of an alert for a while. What else is new about alerts is passed over.</summary>
internal sealed class SnoozeConsumer(AlertSnoozes snoozes, AlertHistory history, Database database, OutboxSender outbox) : IConsumer<AlertUpdated>
{
    public async Task Consume(ConsumeContext<AlertUpdated> context)
    {
        var news = context.Message;
        if (news.Change != AlertChange.Snoozed || Drill.Is(news.Source))
            return;
        var ct = context.CancellationToken;
        AlertLimits.Check(news);
        await using var session = await database.Begin(ct);
        await snoozes.Hear(session, news, await history.Lock(session, news.AlertId, ct), ct);
        await outbox.Commit(session, ct);
    }
}

internal sealed class SnoozeConsumerDefinition : ConsumerDefinition<SnoozeConsumer>
{
    public SnoozeConsumerDefinition()
    {
        EndpointName = NotifierQueues.Updates;
        Endpoint(endpoint => endpoint.PrefetchCount = 32); // most of it is passed over
    }
}
