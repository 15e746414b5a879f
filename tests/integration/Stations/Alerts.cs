namespace Sigma.IntegrationTests.Stations;

/// <summary>What a subscriber has heard of alerts.</summary>
internal sealed class Alerts(AmqpSubscriber amqpSubscriber)
{
    public const string RaisedExchange = "Sigma.Contracts:AlertRaised", ClearedExchange = "Sigma.Contracts:AlertCleared",
        AcknowledgedExchange = "Sigma.Contracts:AlertAcknowledged";

    public IReadOnlyList<AmqpMessage> Raised => From(RaisedExchange);
    public IReadOnlyList<AmqpMessage> Cleared => From(ClearedExchange);

    public Task UntilRaised(int count) => Until(() => Raised.Count, count, $"{count} alerts are raised");

    public Task UntilCleared(int count) => Until(() => Cleared.Count, count, $"{count} alerts are cleared");

    static Task Until(Func<int> heard, int count, string expectation) =>
        Await.Until(() => Task.FromResult(heard()), seen => seen >= count, expectation, progress: () => heard());

    // The wire may repeat a message, always with the same id: a subscriber passes over it, as the guide tells it to.
    IReadOnlyList<AmqpMessage> From(string exchange) => [.. amqpSubscriber.Messages.Where(l => l.Exchange == exchange).DistinctBy(l => l.MessageId)];
}
