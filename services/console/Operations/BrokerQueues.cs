using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Sigma.Hosting.Messaging;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Audit;

namespace Sigma.OperatorConsole.Operations;

/// <summary>
/// The queues, as <c>sigma status</c> and <c>sigma errors</c> look at them, over AMQP alone; engineers send back what lies in an error queue, or drop
/// it into the audit log.
/// </summary>
internal sealed class BrokerQueues(BrokerClient broker, BrokerTls tls, IOptions<RabbitMqOptions> settings, IOptions<BusOptions> bus, AuditLog audit)
{
    const int MostShown = 100, MostIds = 100, LongestBody = 8_000, LargestKept = 55_000;

    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Whether there are any: else messages stay in the process of the services.</summary>
    public bool HasBroker => bus.Value.Transport == BusTransport.RabbitMq;

    /// <summary>All of the work, and those with errors that are there.</summary>
    /// <exception cref="BrokerUnavailableException">It does not answer.</exception>
    public Task<IReadOnlyList<QueueDepth>> Depths(Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return WithBroker<IReadOnlyList<QueueDepth>>(async connection =>
        {
            List<QueueDepth> depths = [];
            foreach (var queue in ServiceQueues.All)
            {
                var state = await State(connection, queue, ct);
                depths.Add(new(queue, null, state?.MessageCount, state?.ConsumerCount));
            }
            foreach (var queue in ServiceQueues.All)
                foreach (var errors in ServiceQueues.ErrorsOf(queue))
                    if (await State(connection, errors, ct) is { } state)
                        depths.Add(new(errors, queue, state.MessageCount, null));
            return depths;
        }, ct);
    }

    /// <summary>The first messages of an error queue.</summary>
    /// <exception cref="BrokerUnavailableException">It does not answer.</exception>
    public Task<IReadOnlyList<FailedMessage>> Failed(string errors, Caller caller, CancellationToken ct)
    {
        caller.Demand(Role.Engineer);
        caller.DemandNoLimits();
        _ = OriginOf(errors);
        return WithBroker<IReadOnlyList<FailedMessage>>(async connection =>
        {
            List<FailedMessage> found = [];
            await (await QueuePass.Begin(connection, errors, ct)).Look(message =>
            {
                found.Add(FailedMessage.Of(message, LongestBody));
                return Task.FromResult(found.Count < MostShown ? MessageFate.Stays : MessageFate.StaysLast);
            }, ct);
            return found;
        }, ct);
    }

    /// <summary>Sends messages back to the queue they came from, as they were sent; returns how many.</summary>
    /// <param name="errors">The error queue.</param>
    /// <param name="ids">Those with these ids; all when there are none.</param>
    /// <param name="caller">Who.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="BrokerUnavailableException">It does not answer, or has no such queue.</exception>
    public async Task<int> SendBack(string errors, IReadOnlyCollection<string> ids, Caller caller, CancellationToken ct)
    {
        caller.Demand(Role.Engineer);
        caller.DemandNoLimits();
        var origin = OriginOf(errors);
        List<string> moved = [];
        try
        {
            await WithBroker(async connection =>
            {
                var pass = await QueuePass.Begin(connection, errors, ct);
                return await pass.Look(async message =>
                {
                    if (ids.Count > 0 && !ids.Contains(message.Id))
                        return MessageFate.Stays;
                    await pass.Send(origin, message.AsSent(), message.Body, ct);
                    moved.Add(message.Id);
                    return MessageFate.Leaves;
                }, ct);
            }, ct);
        }
        finally
        {
            if (moved.Count > 0)
                await audit.Write(caller, "queue.send-back", errors, null, new { to = origin, moved.Count, ids = moved.Take(MostIds) },
                    CancellationToken.None);
        }
        return moved.Count;
    }

    /// <summary>Takes messages out of an error queue for good, each when the audit log has it; returns how many.</summary>
    /// <param name="errors">The error queue.</param>
    /// <param name="ids">Those with these ids.</param>
    /// <param name="caller">Who.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="BrokerUnavailableException">It does not answer, or one is too large for the audit log.</exception>
    public async Task<int> Drop(string errors, IReadOnlyCollection<string> ids, Caller caller, CancellationToken ct)
    {
        caller.Demand(Role.Engineer);
        caller.DemandNoLimits();
        _ = OriginOf(errors);
        var dropped = 0;
        await WithBroker(async connection => await (await QueuePass.Begin(connection, errors, ct)).Look(async message =>
        {
            if (!ids.Contains(message.Id))
                return MessageFate.Stays;
            var kept = FailedMessage.Of(message, int.MaxValue);
            if (Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(kept)) > LargestKept)
                throw new BrokerUnavailableException($"{message.Id} is too large to be kept in the audit log: drop it with 'sigma errors drop'");
            await audit.Write(caller, "queue.drop", errors, kept, null, ct);
            dropped++;
            return MessageFate.Leaves;
        }, ct), ct);
        return dropped;
    }

    static string OriginOf(string errors) =>
        ServiceQueues.OriginOf(errors) ?? throw new BrokerUnavailableException($"{errors} is none of the error queues");

    // The broker closes the channel when there is no such queue.
    static async Task<QueueDeclareOk?> State(IConnection connection, string queue, CancellationToken ct)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        try
        {
            return await channel.QueueDeclarePassiveAsync(queue, ct);
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return null;
        }
    }

    async Task<T> WithBroker<T>(Func<IConnection, Task<T>> work, CancellationToken ct)
    {
        if (!HasBroker)
            throw new BrokerUnavailableException("messages stay in the process of the services: there are no queues to look into");
        try
        {
            await using var connection = await broker.Open("console", Timeout, ct).WaitAsync(Timeout, ct);
            return await work(connection);
        }
        catch (PublishException e)
        {
            throw new BrokerUnavailableException(e.IsReturn ? "there is no such queue to send back to: is its service running?"
                : "the broker did not take a message: it stays where it is");
        }
        catch (Exception e) when (e is BrokerUnreachableException or OperationInterruptedException or AlreadyClosedException or TimeoutException
            or IOException)
        {
            throw new BrokerUnavailableException(tls.Refusal
                ?? $"{settings.Value.Host}:{settings.Value.Port}: {(e.InnerException ?? e).GetBaseException().Message}");
        }
    }
}

/// <summary>The broker did not do what it was asked.</summary>
/// <param name="message">Why, in a sentence.</param>
internal sealed class BrokerUnavailableException(string message) : Exception(message);

/// <summary>A queue, as of some seconds ago.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="Origin">Of an error queue, the queue that its messages came from.</param>
/// <param name="Messages">Waiting; null when there is no such queue.</param>
/// <param name="Consumers">That take from it; null of an error queue.</param>
public sealed record QueueDepth(string Queue, string? Origin, uint? Messages, uint? Consumers);

/// <summary>A message that could not be digested.</summary>
public sealed record FailedMessage
{
    /// <summary>The sender's id, or a name made of its body.</summary>
    public required string Id { get; init; }

    /// <summary>When it failed.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What it is; null when it does not say so.</summary>
    public string? Type { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Reason { get; init; }

    /// <summary>The type of what was thrown.</summary>
    public string? Exception { get; init; }

    /// <summary>Who could not digest it.</summary>
    public string? Consumer { get; init; }

    /// <summary>What is in it, or the beginning of that.</summary>
    public required string Body { get; init; }

    internal static FailedMessage Of(ErrorMessage message, int longest)
    {
        var body = Encoding.UTF8.GetString(message.Body.Span);
        return new()
        {
            Id = message.Id, At = message.At, Type = TypeOf(message.Body), Reason = message.Reason, Exception = message.Exception,
            Consumer = message.Consumer, Body = body.Length > longest ? body[..longest] + "…" : body,
        };
    }

    static string? TypeOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("messageType", out var types)
                && types is { ValueKind: JsonValueKind.Array } && types.GetArrayLength() > 0
                ? types[0].GetString()?.Replace("urn:message:", "") : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
