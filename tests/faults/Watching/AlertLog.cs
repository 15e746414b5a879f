using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Sigma.Faults.Watching;

/// <summary>An alert as a subscriber receives it. Times in milliseconds since 1970.</summary>
/// <param name="AlertId">Its id.</param>
/// <param name="Rule">Name of its rule.</param>
/// <param name="Key">Its account, host or check.</param>
/// <param name="Count">Events, where events are counted; else 0.</param>
/// <param name="WindowTo">The end of the window that raised it, or since when something is wrong.</param>
/// <param name="RaisedAt">When it was raised.</param>
internal sealed record ObservedAlert(Guid AlertId, string Rule, string Key, int Count, long WindowTo, long RaisedAt)
{
    public bool IsCounted => Count > 0;

    public long Account => long.Parse(Key, CultureInfo.InvariantCulture);

    public long? ClearedAt { get; set; }
}

/// <summary>
/// Another system that subscribes to alerts with a plain AMQP client and a durable queue, and finds its way back after every outage.
/// </summary>
internal sealed class AlertLog : IAsyncDisposable
{
    // Longer than any outage of the broker's, shorter than any jump of a clock.
    const long Odd = 300_000;

    const string Queue = "another-system", Raised = "Sigma.Contracts:AlertRaised", Cleared = "Sigma.Contracts:AlertCleared";

    readonly IConnection _connection;
    readonly IChannel _channel;
    readonly ConcurrentDictionary<Guid, ObservedAlert> _alerts = new();
    readonly ConcurrentDictionary<Guid, long> _cleared = new();

    AlertLog(IConnection connection, IChannel channel)
    {
        _connection = connection;
        _channel = channel;
    }

    /// <summary>Each alert once, however often its message came.</summary>
    public IReadOnlyList<ObservedAlert> All =>
        [.. _alerts.Values.Select(a => a with { ClearedAt = _cleared.TryGetValue(a.AlertId, out var at) ? at : null }).OrderBy(a => a.RaisedAt)];

    /// <summary>Those of the rule that counts events.</summary>
    public IReadOnlyList<ObservedAlert> Counted => [.. All.Where(alert => alert.IsCounted)];

    /// <summary>Ends of alerts whose beginning was never heard.</summary>
    public int ClearedUnheard => _cleared.Keys.Count(id => !_alerts.ContainsKey(id));

    public static async Task<AlertLog> Open(Uri broker, CancellationToken ct)
    {
        var factory = new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = true, NetworkRecoveryInterval = TimeSpan.FromSeconds(1) };
        var connection = await factory.CreateConnectionAsync(ct);
        var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        var log = new AlertLog(connection, channel);
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: ct);
        foreach (var exchange in (string[])[Raised, Cleared])
        {
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, cancellationToken: ct);
            await channel.QueueBindAsync(Queue, exchange, "", cancellationToken: ct);
        }
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            log.Hear(delivery.Exchange, delivery.Body);
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        };
        await channel.BasicConsumeAsync(Queue, autoAck: false, consumer, ct);
        return log;
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    void Hear(string exchange, ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var message = document.RootElement.GetProperty("message");
        var id = message.GetProperty("alertId").GetGuid();
        if (exchange == Cleared)
        {
            _cleared.TryAdd(id, Stamp(message, "clearedAt"));
            return;
        }
        var labels = message.GetProperty("labels");
        var isCounted = labels.TryGetProperty("account", out var account);
        _alerts.TryAdd(id, new ObservedAlert(id, message.GetProperty("rule").GetString()!,
            (isCounted ? account : labels.TryGetProperty("host", out var host) ? host : labels.GetProperty("check")).GetString()!,
            isCounted ? message.GetProperty("count").GetInt32() : 0,
            Time(message, isCounted ? "windowTo" : "since"), Stamp(message, "raisedAt")));
    }

    static long Time(JsonElement message, string name) => message.GetProperty(name).GetDateTimeOffset().ToUnixTimeMilliseconds();

    // The stamp of a process whose clock had been set says nothing; then the moment it was heard counts.
    static long Stamp(JsonElement message, string name)
    {
        var said = Time(message, name);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        return Math.Abs(said - now) > Odd ? now : said;
    }
}
