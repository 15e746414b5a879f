using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Sigma.Storage;

namespace Sigma.Faults.Traffic;

/// <summary>
/// Everybody who sends to the gateways, each as its protocol says: checks that beat once and do not try again; an agent that keeps its samples until
/// they are taken; a Prometheus that repeats its alerts and drops what is refused; a cloud that says each thing once and tries until it is taken.
/// </summary>
internal sealed class NewsFeed(GatewaySender sender, NewsPlan plan)
{
    const int Retries = 3;

    readonly ConcurrentDictionary<string, ConcurrentQueue<DateTimeOffset>> _beats = new();

    static readonly TimeSpan Every = TimeSpan.FromSeconds(2), CurlWaits = TimeSpan.FromSeconds(3), Lease = TimeSpan.FromMinutes(4);

    /// <summary>Until it is stopped.</summary>
    public Task Run(DateTimeOffset from, CancellationToken stop) => Task.WhenAll(
        Task.WhenAll(NewsPlan.Names("agent").Select(host => Repeatedly(from, (_, ct) => Beat(host, ct), stop))),
        Repeatedly(from, Measure, stop), Repeatedly(from, Alert, stop), Task.WhenAll(plan.Told.Select(trouble => Tell(trouble, stop))));

    /// <summary>The silences as they were: a fault may have kept the last beats before one from a gateway, and nobody sends these again.</summary>
    public IReadOnlyList<Trouble> Silences => [.. plan.Silent.Select(silence => silence with
    {
        From = _beats.GetValueOrDefault(silence.Host)?.Where(beat => beat < silence.From).DefaultIfEmpty(silence.From).Max() ?? silence.From,
    })];

    static async Task Repeatedly(DateTimeOffset from, Func<DateTimeOffset, CancellationToken, Task> send, CancellationToken stop)
    {
        try
        {
            for (var at = from; ; at += Every)
            {
                var wait = at + Every - TimeProvider.System.GetUtcNow();
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait, stop);
                await send(at, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // all is settled
        }
    }

    // As curl -m 3 --retry 3. A beat is of when it comes: one that is late would end a silence that it does not know of.
    async Task Beat(string host, CancellationToken ct)
    {
        for (var tries = 1 + Retries; tries > 0 && !NewsPlan.IsTrouble(plan.Silent, host, TimeProvider.System.GetUtcNow()); tries--)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(CurlWaits);
            var began = TimeProvider.System.GetUtcNow();
            if (!await sender.TrySend(HttpMethod.Get, $"/ping/{NewsPlan.Key(NewsPlan.Agents)}/{host}?create=1", null, null, patience.Token))
                continue;
            _beats.GetOrAdd(host, _ => new()).Enqueue(began);
            return;
        }
    }

    Task Measure(DateTimeOffset at, CancellationToken ct)
    {
        StringBuilder lines = new();
        foreach (var host in NewsPlan.Names("sensor"))
            lines.Append(CultureInfo.InvariantCulture, $"temperature,host={host} value=")
                .Append(NewsPlan.IsTrouble(plan.Hot, host, at) ? NewsPlan.Limit + 5 : NewsPlan.RecoveryLimit - 5)
                .Append(CultureInfo.InvariantCulture, $" {at.ToUnixTimeMilliseconds()}\n");
        return sender.Send(HttpMethod.Post, "/write?precision=ms", NewsPlan.Key(NewsPlan.Metrics), () => new StringContent($"{lines}"), ct);
    }

    Task Alert(DateTimeOffset at, CancellationToken ct)
    {
        var alerts = plan.Reported.Where(trouble => trouble.From <= at).Select(trouble => new
        {
            labels = new { alertname = "down", host = trouble.Host, start = $"{trouble.From.ToUnixTimeSeconds()}" },
            annotations = new { summary = $"{trouble.Host} is down" }, startsAt = trouble.From, endsAt = at < trouble.To ? at + Lease : trouble.To,
        }).ToList();
        return alerts.Count == 0 ? Task.CompletedTask
            : sender.TrySend(HttpMethod.Post, "/api/v2/alerts", NewsPlan.Key(NewsPlan.Monitoring), JsonContent.Create(alerts), ct);
    }

    async Task Tell(Trouble trouble, CancellationToken stop)
    {
        try
        {
            foreach (var (state, at) in ((string, DateTimeOffset)[])[("open", trouble.From), ("closed", trouble.To)])
            {
                var wait = at - TimeProvider.System.GetUtcNow();
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait, stop);
                await sender.Send(HttpMethod.Post, $"/in/{NewsPlan.Cloud}", NewsPlan.Key(NewsPlan.Cloud), () => Incident(trouble, state), stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // all is settled
        }
    }

    static JsonContent Incident(Trouble trouble, string state) => JsonContent.Create(new
    {
        version = "1.2",
        incident = new
        {
            incident_id = $"0.{Ids.From(trouble.Host, $"{trouble.From:O}"):N}", state, started_at = trouble.From.ToUnixTimeSeconds(),
            ended_at = state == "closed" ? trouble.To.ToUnixTimeSeconds() : (long?)null, policy_name = "uptime",
            resource = new { type = "host", labels = new { host = trouble.Host } }, summary = $"{trouble.Host} does not answer",
        },
    });
}
