using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Sigma.Gateway.Integrations;

namespace Sigma.Gateway.Intake;

/// <summary>A token bucket an integration: so many requests at once, and so many a second on the average.</summary>
internal sealed class RequestRates(IOptions<GatewayOptions> options, TimeProvider time)
{
    readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <summary>Takes a token; else says how long it is until there is one.</summary>
    public bool TryTake(Integration integration, out TimeSpan wait)
    {
        var limits = options.Value.Limits;
        return _buckets.GetOrAdd(integration.Name, _ => new Bucket())
            .TryTake(integration.RatePerSecond ?? limits.RatePerSecond, integration.Burst ?? limits.Burst, time, out wait);
    }

    sealed class Bucket
    {
        readonly Lock _lock = new();
        double? _tokens;
        long _at;

        public bool TryTake(double perSecond, int burst, TimeProvider time, out TimeSpan wait)
        {
            lock (_lock)
            {
                var now = time.GetTimestamp();
                var tokens = _tokens is { } left ? Math.Min(burst, left + time.GetElapsedTime(_at, now).TotalSeconds * perSecond) : burst;
                _at = now;
                var has = tokens >= 1;
                _tokens = has ? tokens - 1 : tokens;
                wait = has ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling((1 - tokens) / perSecond)));
                return has;
            }
        }
    }
}
