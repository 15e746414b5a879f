using System.Text;
using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Gateway.Answers;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Publishing;
using Sigma.Hosting.Texts;

namespace Sigma.Gateway.Beats;

/// <summary>
/// Signs of life, as a cron job sends them to Healthchecks. That a job begins, and what it only logs, is a log line and no beat: neither takes back
/// that the last run failed.
/// </summary>
internal sealed class PingEndpoint(Door door, BeatsTogether beats, NewsPublisher publisher, IOptions<GatewayOptions> options)
{
    /// <summary>The label that says whose beat it is.</summary>
    public const string Label = "check";

    const int BodyLimit = 10_000;

    public async Task Handle(HttpContext http, string key, string? first, string? second)
    {
        http.Response.Headers["Ping-Body-Limit"] = "10000";
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            var delivery = await door.Open(http, [IntegrationKind.Beats], null, key, http.RequestAborted);
            var ping = Ping.Parse(first, second);
            var run = RunId(http.Request.Query["rid"]);
            await Publish(delivery, ping, run, http.RequestAborted);
            await Answer.Text(http, StatusCodes.Status200OK, "OK");
        }
        catch (FormatException e)
        {
            await Answer.Text(http, StatusCodes.Status400BadRequest, e.Message);
        }
        catch (RefusedException e)
        {
            // The key is in the address: one that is nobody's is an address that is not there.
            await Answer.Refused(http, e, e.Refusal is Refusal.NoKey or Refusal.WrongKey or Refusal.NotHere ? StatusCodes.Status404NotFound : null);
        }
    }

    Task Publish(Delivery delivery, Ping ping, Guid? run, CancellationToken ct)
    {
        var integration = delivery.Integration;
        // The key itself, which is a secret, is never a label.
        Dictionary<string, string> labels = new() { [Label] = ping.Slug ?? integration.Name };
        foreach (var (name, value) in integration.Labels)
            labels[name] = value;
        var text = Text(delivery.Body.Span);
        if (ping.Kind is PingKind.Success or PingKind.Failure)
        {
            Beat beat = new() { Labels = labels, At = delivery.ReceivedAt, Fails = ping.Kind == PingKind.Failure, Text = Said(ping, text) };
            // Of one check's beats in a message the last one counts: that it failed has one of its own.
            return beat.Fails ? publisher.Publish(integration, (IReadOnlyList<Beat>)[beat], ct) : beats.Publish(integration, beat, ct);
        }
        return publisher.Publish(integration, (IReadOnlyList<LogLine>)[new LogLine
        {
            At = delivery.ReceivedAt, Labels = labels, Level = "info",
            Text = text ?? (ping.Kind == PingKind.Start ? "started" : "logged nothing"),
            Fields = run is { } id ? new Dictionary<string, string> { ["rid"] = id.ToString() } : null,
        }], ct);
    }

    static string? Said(Ping ping, string? text) => ping.ExitCode is { } code and > 0
        ? text is null ? $"exit code {code}" : $"exit code {code}: {text}" : text;

    string? Text(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, BodyLimit)]).Trim().Trim('\0');
        var longest = options.Value.Beats.LongestText;
        return text.Length == 0 || longest == 0 ? null : text.Truncate(longest);
    }

    static Guid? RunId(string? text) => string.IsNullOrEmpty(text) ? null
        : Guid.TryParseExact(text, "D", out var id) ? id : throw new FormatException("rid is no UUID");
}
