using System.Net;
using Sigma.Hosting.Http;
using Sigma.Notifier.Queries;

namespace Sigma.Cli.Doctor;

/// <summary>
/// Whether the vendors of the integrations are reached and take what is set, where one can ask them without telling anybody anything. Segware and
/// ChatPro have checks of their own.
/// </summary>
internal sealed class ChannelsDoctorCheck(ConfiguredServices services) : IDoctorCheck
{
    const string Channels = "channels";

    public IReadOnlyList<string> CheckNames => [Channels];

    public async Task Run(Findings findings, CancellationToken ct)
    {
        var asked = 0;
        foreach (var running in services.Get<ChannelCheck>().Integrations.Select(integration => Ask(integration, ct)).ToList())
        {
            var (integration, said, failure) = await running;
            asked += said is null && failure is null ? 0 : 1;
            var name = $"{integration.Name} ({integration.Type})";
            if (failure is not null)
                findings.Wrong(Channels, $"{name}: {ReasonOf(failure)}", Advice(integration, failure));
            else if (said is not null)
                findings.Ok(Channels, $"{name}: {said}");
        }
        if (asked == 0)
            findings.Ok(Channels, "no receiver has an integration besides those of ChatPro and Segware");
    }

    static async Task<(CheckedIntegration, string? Said, Exception? Failure)> Ask(CheckedIntegration integration, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Shorten.Longest);
        try
        {
            return (integration, await integration.Run(limit.Token), null);
        }
        catch (Exception) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return (integration, null, new TimeoutException());
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return (integration, null, e);
        }
    }

    static string ReasonOf(Exception failure) =>
        failure is TimeoutException ? $"no answer within {Shorten.Longest.TotalSeconds:0} s" : FailureReason.Of(failure);

    static string Advice(CheckedIntegration integration, Exception failure) => failure switch
    {
        ApiException { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound } =>
            $"Set {integration.Key("…")} as docs/channels.md says, and restart the notifier.",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "See TLS in docs/settings.md#tls.",
        HttpRequestException or TimeoutException =>
            "Does this machine reach it (name server, proxy, firewall)? Deliveries wait and are tried for a day.",
        _ => $"docs/channels.md says what {integration.Type} needs.",
    };
}
