using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Options;
using Sigma.Fetcher;
using Sigma.Fetcher.Coverage;
using Sigma.Fetcher.Events;
using Sigma.Hosting.Http;
using Sigma.Notifier.Deliveries;
using Sigma.Segware;
using Sigma.Storage;

namespace Sigma.Cli.Doctor;

/// <summary>Whether Segware lets us ask for events, how long it takes, and whether both mean the same time: a skewed clock asks for the wrong one.</summary>
internal sealed class SegwareExamination(ConfiguredServices services) : IExamination
{
    const string Segware = "segware", ClockOfIt = "segware clock";
    const string Restart = "Get a valid token, set Segware__BearerToken and restart fetcher and notifier.";

    static readonly TimeSpan MostAhead = TimeSpan.FromSeconds(30), Ago = TimeSpan.FromMinutes(1);

    public IReadOnlyList<string> Checks => [Segware, ClockOfIt];

    public async Task Run(Findings findings, CancellationToken ct)
    {
        var patience = services.Settings<SegwareOptions>().Patience;
        (patience.Retries, patience.Timeout) = (0, Briefly.OrLess(patience.Timeout)); // before the client is made
        // Filtered by default: what is wrong with the fetcher's settings is told elsewhere.
        EventReader reader = new(services.Get<EventTime>(), new EventFilter(Options.Create(new FetcherOptions())));
        SegwareEvents events = new(services.Get<SegwareApi>(), reader, services.Get<IOptions<SegwareOptions>>());
        var started = Stopwatch.GetTimestamp();
        var to = (TimeProvider.System.GetUtcNow() - Ago).ToUnixTimeMilliseconds();
        try
        {
            var answer = await events.In(new Slice(to - 1000, to), ct);
            findings.Ok(Segware, $"{new Uri(services.Settings<SegwareOptions>().BaseUrl).Host} takes the token and answers within {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms; events in the second that was asked for: {answer.Records}");
        }
        catch (OverLimitException)
        {
            findings.Ok(Segware, "takes the token, and has more events of one second than an answer may hold");
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            findings.Wrong(Segware, services.Get<SegwareAccess>().Refusal ?? $"Segware: {DeliveryFailure.From(e).Reason}", Advice(e));
        }
        if (services.Get<ServerClock>().Ahead is not { } ahead)
            return;
        if (ahead.Duration() > MostAhead)
            findings.Wrong(ClockOfIt, $"This machine's clock is {ServerClock.Text(ahead)} Segware's, so the fetcher asks for the wrong time", "Set the clock of the machine by NTP.");
        else
            findings.Ok(ClockOfIt, $"{ahead.Duration().TotalSeconds:0} s apart");
    }

    static string Advice(Exception e) => e switch
    {
        ApiException { Status: HttpStatusCode.Unauthorized } => Restart,
        ApiException { Status: HttpStatusCode.Forbidden } => "Have Segware allow the token GET /v1/events.",
        ApiException { Status: HttpStatusCode.NotFound } or System.Text.Json.JsonException => "Does Segware__BaseUrl name the API, or does something in between answer?",
        ApiException => "The fetcher tries again by itself, and fetches then what it missed.",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "See TLS in docs/settings.md#tls; the authority of a proxy's goes into Segware__CaFile.",
        _ => "Does this machine reach Segware__BaseUrl (name server, proxy, firewall)? The fetcher tries again by itself, and fetches then what it missed.",
    };
}
