using System.Diagnostics;
using System.Net;
using Sigma.Fetcher.Queries;
using Sigma.Hosting.Http;
using Sigma.Notifier.Queries;
using Sigma.Segware;

namespace Sigma.Cli.Doctor;

/// <summary>
/// Whether Segware lets us ask for events, how long it takes, and whether both mean the same time: a skewed clock asks for the wrong one.
/// </summary>
internal sealed class SegwareDoctorCheck(ConfiguredServices services) : IDoctorCheck
{
    const string Segware = "segware", ClockOfIt = "segware clock";
    const string Restart = "Get a valid token, set Segware__BearerToken and restart fetcher and notifier.";

    static readonly TimeSpan MostAhead = TimeSpan.FromSeconds(30), Ago = TimeSpan.FromMinutes(1);

    public IReadOnlyList<string> CheckNames => [Segware, ClockOfIt];

    public async Task Run(Findings findings, CancellationToken ct)
    {
        if (!services.Settings<SegwareOptions>().IsOn)
        {
            findings.Ok(Segware, "it is not asked: Segware__BearerToken is not set");
            return;
        }
        var resilience = services.Settings<SegwareOptions>().Patience;
        resilience.Retries = 0;
        resilience.Timeout = Shorten.Timeout(resilience.Timeout); // before the client is made
        var started = Stopwatch.GetTimestamp();
        try
        {
            var events = await services.Get<SegwareCheck>().EventsBefore(TimeProvider.System.GetUtcNow() - Ago, ct);
            findings.Ok(Segware,
                $"{new Uri(services.Settings<SegwareOptions>().BaseUrl).Host} takes the token and answers within "
                    + $"{Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms; events in the second that was asked for: {events}");
        }
        catch (OverLimitException)
        {
            findings.Ok(Segware, "takes the token, and has more events of one second than an answer may hold");
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            findings.Wrong(Segware, services.Get<SegwareAccess>().Refusal ?? $"Segware: {FailureReason.Of(e)}", Advice(e));
        }
        if (services.Get<ServerClock>().Ahead is not { } ahead)
            return;
        if (ahead.Duration() > MostAhead)
            findings.Wrong(ClockOfIt, $"This machine's clock is {ServerClock.Text(ahead)} Segware's, so the fetcher asks for the wrong time",
                "Set the clock of the machine by NTP.");
        else
            findings.Ok(ClockOfIt, $"{ahead.Duration().TotalSeconds:0} s apart");
    }

    static string Advice(Exception e) => e switch
    {
        ApiException { Status: HttpStatusCode.Unauthorized } => Restart,
        ApiException { Status: HttpStatusCode.Forbidden } => "Have Segware allow the token GET /v1/events.",
        ApiException { Status: HttpStatusCode.NotFound } or System.Text.Json.JsonException =>
            "Does Segware__BaseUrl name the API, or does something in between answer?",
        ApiException => "The fetcher tries again by itself, and fetches then what it missed.",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            "See TLS in docs/settings.md#tls; the authority of a proxy's goes into Segware__CaFile.",
        _ => "Does this machine reach Segware__BaseUrl (name server, proxy, firewall)? The fetcher tries again by itself, and fetches then "
            + "what it missed.",
    };
}
