using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using Sigma.Hosting.Telemetry;

namespace Sigma.Hosting.Messaging;

/// <summary>
/// Ends the process when its bus does not work for long although the broker does, so that its supervisor restarts it. MassTransit 8.5.12 nearly
/// always comes back from a channel or a connection that the broker has closed, but a bus that calls itself healthy was seen without its consumer, or
/// with every publish waiting for ever.
/// </summary>
internal sealed class BusWatch(IBusControl bus, EndpointTraffic traffic, BrokerRefusals refusals, BrokerProbe broker,
    IOptions<RabbitMqOptions> options, ExitDecision exit, ILogger<BusWatch> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(2), ToBegin = TimeSpan.FromMinutes(2);

    readonly Dictionary<string, long> _counts = [];
    bool _begun;

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Every);
        long? since = null;
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                var complaint = await Check(stop);
                if (complaint is null)
                    since = null;
                since ??= Stopwatch.GetTimestamp();
                if (complaint is null
                    || Stopwatch.GetElapsedTime(since.Value) < (_begun ? options.Value.LeaveAfter : options.Value.LeaveAfter + ToBegin))
                    continue;
                log.LogCritical(
                    "The bus has not worked for {Seconds:0} s although the broker does: {Reason}. This process exits, to be restarted by "
                        + "its supervisor",
                    Stopwatch.GetElapsedTime(since.Value).TotalSeconds, complaint);
                exit.Exit();
                return;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping
        }
    }

    /// <summary>What is wrong with the bus; null when it works, or when the broker does not.</summary>
    async Task<string?> Check(CancellationToken ct)
    {
        try
        {
            await using var channel = await broker.Ask(ct);
            if (channel is null)
                return null;
            var health = bus.CheckHealth();
            var failure = FailureOf(health);
            _begun |= health.Status == BusHealthStatus.Healthy || failure is not null;
            return await NotReceiving(channel, health, ct) ?? failure ?? await NotSending(ct)
                ?? (health.Status == BusHealthStatus.Healthy ? null : $"its health is {health.Description}");
        }
        catch (Exception e) when (!ct.IsCancellationRequested && BrokerProbe.IsRefusal(e))
        {
            return null; // gone meanwhile
        }
    }

    /// <summary>The error the broker returned, if any: then the first start is over.</summary>
    string? FailureOf(BusHealthResult health)
    {
        if (health.Status != BusHealthStatus.Healthy)
            return refusals.Latest ?? health.Endpoints.Values.Select(endpoint => endpoint.Exception).Prepend(health.Exception)
                .OfType<Exception>().FirstOrDefault()?.GetBaseException().Message;
        refusals.Forget();
        return null;
    }

    /// <summary>Messages wait, this process is consuming none, and has received none since the last check.</summary>
    async Task<string?> NotReceiving(IChannel channel, BusHealthResult health, CancellationToken ct)
    {
        string? complaint = null;
        foreach (var queue in health.Endpoints.Values.Where(e => !e.InputAddress.Query.Contains("temporary=true"))
            .Select(e => EndpointTraffic.QueueOf(e.InputAddress)))
        {
            var (count, inHand) = traffic.Of(queue);
            var waiting = (await channel.QueueDeclarePassiveAsync(queue, ct).WaitAsync(BrokerProbe.Timeout, ct)).MessageCount;
            if (waiting > 0 && inHand == 0 && _counts.GetValueOrDefault(queue, -1) == count)
                complaint ??= $"{waiting} messages wait in {queue} and none comes";
            _counts[queue] = count;
        }
        return complaint;
    }

    async Task<string?> NotSending(CancellationToken ct)
    {
        try
        {
            // An exchange without bindings: the broker confirms the message and drops it.
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(BrokerProbe.Timeout);
            using var unrecorded = SuppressTracing.Start("bus-watch");
            var endpoint = await bus.GetSendEndpoint(new Uri("exchange:sigma.bus-watch?durable=false&autodelete=true")).WaitAsync(limit.Token);
            await endpoint.Send(new BusWatchMessage(), limit.Token).WaitAsync(limit.Token);
            return null;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return $"it cannot send: {e.Message}";
        }
    }
}

/// <summary>The message by which the watch tests that the bus can send.</summary>
[EntityName("Sigma.Hosting.Messaging:Sound")]
[MessageUrn("Sigma.Hosting.Messaging:Sound")]
public sealed record BusWatchMessage;

/// <summary>The decision of a process to exit, and its exit code.</summary>
internal sealed class ExitDecision(IHostApplicationLifetime process)
{
    bool _decided;

    /// <summary>The process's: 75 (EX_TEMPFAIL, try again) when it leaves; 0 when it was asked to stop.</summary>
    public int ExitCode => _decided ? 75 : 0;

    public void Exit()
    {
        _decided = true;
        process.StopApplication();
    }
}
