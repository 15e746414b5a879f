using System.Collections.Concurrent;
using System.Diagnostics;

namespace Sigma.OperatorConsole.Access.Sessions;

/// <summary>
/// Ends the connections of those who are not signed in any more: a screen's circuit and a stream of the API last for hours, and nobody asks again who
/// they are for. What is cut here comes back only with a session that is valid.
/// </summary>
internal sealed class OpenRequests(SessionCheck sessions, ILogger<OpenRequests> log) : BackgroundService
{
    // A request that is answered soon was asked about when it came, and may be the very one that ends the session.
    static readonly TimeSpan Every = TimeSpan.FromSeconds(2), Long = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<HttpContext, long> _open = new();

    /// <summary>Looks after a request until it is answered.</summary>
    public async Task Watch(HttpContext http, RequestDelegate next)
    {
        _open[http] = Stopwatch.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            _open.TryRemove(http, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Real time: a demonstration's clock is faster than its screens.
        using PeriodicTimer timer = new(Every);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            foreach (var (http, since) in _open)
                if (Stopwatch.GetElapsedTime(since) > Long)
                    await Look(http, stoppingToken);
    }

    async Task Look(HttpContext http, CancellationToken ct)
    {
        try
        {
            var who = http.User;
            if (await sessions.IsValid(who, ct) || !_open.ContainsKey(http))
                return;
            log.LogInformation("A connection of {Name} is ended: they are not signed in any more", who.Identity?.Name);
            http.Abort();
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogDebug(e, "Whether a connection may stay open cannot be said now");
        }
    }
}
