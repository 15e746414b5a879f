using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Sigma.Contracts;
using Sigma.Storage;

namespace Sigma.Faults.Traffic;

/// <summary>
/// In the place of a gateway: puts the news of each two seconds on the bus and says that it has. What the broker has not confirmed it publishes
/// again, with the same id, before it goes on.
/// </summary>
internal sealed class NewsFeed(Uri broker, NewsPlan plan) : IAsyncDisposable
{
    const string Gateway = "gateway-1";

    static readonly TimeSpan Slice = TimeSpan.FromSeconds(2), ConfirmedWithin = TimeSpan.FromSeconds(5);

    IConnection? _connection;
    IChannel? _channel;

    /// <summary>Until it is stopped.</summary>
    public async Task Run(DateTimeOffset from, CancellationToken stop)
    {
        try
        {
            for (var at = from; ; at += Slice)
            {
                var wait = at + Slice - TimeProvider.System.GetUtcNow();
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait, stop);
                await Publish(Beats(at), at, stop);
                await Publish(Samples(at), at, stop);
                await Publish(Conditions(at), at, stop);
                await Publish(new IntakeReported { Gateway = Gateway, SliceFrom = at, SliceTo = at + Slice, Batches = 3 }, at, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // all is settled
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel is not null)
            await _channel.DisposeAsync();
        if (_connection is not null)
            await _connection.DisposeAsync();
    }

    BeatsReported Beats(DateTimeOffset at) => new()
    {
        BatchId = Ids.From(NewsPlan.Agents, $"{at:O}"), Source = NewsPlan.Agents, Intake = new(Gateway, at, 1),
        Beats = [.. NewsPlan.Names("agent").Where(host => !NewsPlan.IsTrouble(plan.Silent, host, at))
            .Select(host => new Beat { Labels = Labels(host), At = at })],
    };

    SamplesReported Samples(DateTimeOffset at) => new()
    {
        BatchId = Ids.From(NewsPlan.Metrics, $"{at:O}"), Source = NewsPlan.Metrics, Intake = new(Gateway, at, 2),
        Samples = [.. NewsPlan.Names("sensor").Select(host => new Sample
        {
            Series = "temperature", Labels = Labels(host), At = at,
            Value = NewsPlan.IsTrouble(plan.Hot, host, at) ? NewsPlan.Limit + 5 : NewsPlan.RecoveryLimit - 5,
        })],
    };

    // Repeated all the time, as most senders do.
    ConditionReported Conditions(DateTimeOffset at) => new()
    {
        BatchId = Ids.From(NewsPlan.Monitoring, $"{at:O}"), Source = NewsPlan.Monitoring, Intake = new(Gateway, at, 3),
        Conditions = [.. NewsPlan.Names("site").Select(host => new ReportedCondition
        {
            ExternalId = $"down-{host}", Labels = Labels(host), ReportedAt = at, Title = $"{host} is down",
            State = NewsPlan.IsTrouble(plan.Reported, host, at) ? ConditionState.Firing : ConditionState.Resolved,
            StartedAt = plan.Reported.LastOrDefault(trouble => trouble.Host == host && trouble.From <= at)?.From,
        })],
    };

    static Dictionary<string, string> Labels(string host) => new() { ["host"] = host };

    Task Publish<T>(T message, DateTimeOffset slice, CancellationToken ct) where T : class =>
        Publish($"{typeof(T).Name}", message, Ids.From(typeof(T).Name, $"{slice:O}"), ct);

    /// <summary>Publishes until the broker confirms it.</summary>
    public async Task Publish<T>(string name, T message, Guid id, CancellationToken ct) where T : class
    {
        var exchange = $"Sigma.Contracts:{name}";
        var body = JsonSerializer.SerializeToUtf8Bytes(new { messageId = id, messageType = (string[])[$"urn:message:{exchange}"], message },
            JsonSerializerOptions.Web);
        while (true)
        {
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
                patience.CancelAfter(ConfirmedWithin);
                var channel = await Channel(patience.Token);
                await channel.BasicPublishAsync(exchange, "", mandatory: true, new BasicProperties
                {
                    MessageId = $"{id}", ContentType = "application/vnd.masstransit+json", Persistent = true,
                }, body, patience.Token);
                return;
            }
            catch (Exception e) when (!ct.IsCancellationRequested && e is RabbitMQClientException or OperationCanceledException or IOException)
            {
                await DisposeAsync();
                (_channel, _connection) = (null, null);
                await Task.Delay(500, ct);
            }
        }
    }

    async Task<IChannel> Channel(CancellationToken ct)
    {
        _connection ??= await new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(ct);
        return _channel ??= await _connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), ct);
    }
}
