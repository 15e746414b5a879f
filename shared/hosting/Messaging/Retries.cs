using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Sigma.Hosting.Messaging;

/// <summary>
/// Knows which messages of each endpoint wait for another try, since when and why. The observer tells when a try fails; the filter stands around all
/// tries of a message and tells when it is done, whatever the end.
/// </summary>
internal sealed class Retries : IFilter<ReceiveContext>, IRetryObserver, IDisposable
{
    // Two conflicting transactions are normal and not logged.
    static readonly TimeSpan NewsAfter = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<string, Endpoint> _endpoints = new();
    readonly Meter _meter = new("Sigma.Hosting");
    readonly Counter<long> _retries;
    readonly ILogger<Retries> _log;

    public Retries(ILogger<Retries> log)
    {
        _log = log;
        _retries = _meter.CreateCounter<long>("sigma.messages.retries", "{try}", "Tries at a message that failed and are repeated, by endpoint");
        _meter.CreateObservableGauge("sigma.messages.retrying",
            () => _endpoints.Select(e => new Measurement<long>(e.Value.Waiting.Count, Tag(e.Key))), "{message}",
            "Messages being retried whose last try failed, by endpoint");
    }

    /// <summary>The endpoints at which messages wait.</summary>
    public IEnumerable<Delay> Delays => _endpoints.Select(e => e.Value.Delay(e.Key)).OfType<Delay>();

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var (name, endpoint) = Of(context);
        try
        {
            await next.Send(context);
        }
        finally
        {
            if (endpoint.Waiting.TryRemove(context, out var since) && endpoint.Waiting.IsEmpty && endpoint.Recovered())
                _log.LogInformation("{Endpoint} has recovered; its messages had waited for {Seconds:0} s",
                    name, Stopwatch.GetElapsedTime(since).TotalSeconds);
        }
    }

    public Task PostFault<T>(RetryContext<T> context) where T : class, PipeContext
    {
        if (!context.Context.TryGetPayload(out ConsumeContext? consumed))
            return Task.CompletedTask;
        var (name, endpoint) = Of(consumed.ReceiveContext);
        var since = endpoint.Failed(consumed.ReceiveContext, context.Exception);
        _retries.Add(1, Tag(name));
        if (Stopwatch.GetElapsedTime(since) > NewsAfter && endpoint.Stalled())
            _log.LogWarning("Messages of {Endpoint} fail, retrying until they succeed: {Reason}", name, endpoint.Reason);
        return Task.CompletedTask;
    }

    public Task PostCreate<T>(RetryPolicyContext<T> context) where T : class, PipeContext => Task.CompletedTask;
    public Task PreRetry<T>(RetryContext<T> context) where T : class, PipeContext => Task.CompletedTask;
    public Task RetryFault<T>(RetryContext<T> context) where T : class, PipeContext => Task.CompletedTask;
    public Task RetryComplete<T>(RetryContext<T> context) where T : class, PipeContext => Task.CompletedTask;
    public void Probe(ProbeContext context) => context.CreateFilterScope("retries");
    public void Dispose() => _meter.Dispose();

    (string Name, Endpoint Endpoint) Of(ReceiveContext context)
    {
        var name = EndpointTraffic.QueueOf(context.InputAddress);
        return (name, _endpoints.GetOrAdd(name, _ => new()));
    }

    static KeyValuePair<string, object?> Tag(string endpoint) => new("endpoint", endpoint);

    sealed class Endpoint
    {
        int _reported;

        public ConcurrentDictionary<ReceiveContext, long> Waiting { get; } = new();

        public string Reason { get; private set; } = "";

        /// <summary>Returns since when the message waits.</summary>
        public long Failed(ReceiveContext message, Exception exception)
        {
            Reason = exception.GetBaseException().Message;
            return Waiting.GetOrAdd(message, _ => Stopwatch.GetTimestamp());
        }

        /// <summary>Whether this is to be logged now: once an outage.</summary>
        public bool Stalled() => Interlocked.Exchange(ref _reported, 1) == 0;

        public bool Recovered() => Interlocked.Exchange(ref _reported, 0) == 1;

        public Delay? Delay(string name) =>
            Waiting.Values is { Count: > 0 } since ? new(name, since.Count, Stopwatch.GetElapsedTime(since.Min()), Reason) : null;
    }
}

/// <summary>Messages of an endpoint that wait for another try.</summary>
/// <param name="Endpoint">Its queue.</param>
/// <param name="Messages">How many.</param>
/// <param name="Longest">How long the first of them has waited.</param>
/// <param name="Reason">What the last try failed by.</param>
internal sealed record Delay(string Endpoint, int Messages, TimeSpan Longest, string Reason);
