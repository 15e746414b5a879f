using System.Security.Cryptography;
using System.Text;
using MassTransit;
using Microsoft.Extensions.Options;
using Sigma.Gateway.Alertmanager;
using Sigma.Gateway.Webhooks;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Replies;

/// <summary>
/// What is answered to what the notifier sent: PagerDuty's and Slack's webhooks and WhatsApp messages acknowledge alerts, Twilio's callbacks hurry
/// the
/// notifier's question what became of a message. Nothing is kept here: what cannot be passed on is answered with 503, and comes again.
/// </summary>
internal sealed class RepliesApi(IOptions<GatewayOptions> options, Acknowledgements acknowledgements, NotifierCalls notifier, TimeProvider time,
    ILogger<RepliesApi> log)
{
    RepliesOptions Options => options.Value.Replies;

    public static void Map(IEndpointRouteBuilder app)
    {
        var replies = app.MapGroup("/replies");
        replies.MapPost("/pagerduty", (HttpContext http, RepliesApi api) => api.Take("pagerduty", http, api.PagerDuty));
        replies.MapPost("/slack", (HttpContext http, RepliesApi api) => api.Take("slack", http, api.Slack));
        replies.MapPost("/twilio", (HttpContext http, RepliesApi api) => api.Take("twilio", http, api.Twilio));
        replies.MapPost("/chatpro/{key}", (HttpContext http, string key, RepliesApi api) =>
            api.Take("chatpro", http, (request, body, ct) => api.ChatPro(key, body, ct)));
    }

    async Task<IResult> Take(string way, HttpContext http, Func<HttpRequest, byte[], CancellationToken, Task> take)
    {
        var ct = http.RequestAborted;
        try
        {
            using MemoryStream body = new();
            await http.Request.Body.CopyToAsync(body, ct);
            await take(http.Request, body.ToArray(), ct);
            return Results.Ok();
        }
        catch (ReplyRefusedException e)
        {
            log.LogWarning("A reply by {Way} is refused: {Reason}", way, e.Message);
            return Results.Problem("The reply does not count.", statusCode: e.Status);
        }
        catch (MalformedBodyException e)
        {
            log.LogWarning("A reply by {Way} cannot be understood: {Reason}", way, e.Message);
            return Results.Problem($"The body cannot be understood at {e.Place}.", statusCode: StatusCodes.Status400BadRequest);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is TimeoutException or ServiceException or MassTransitException)
        {
            log.LogWarning("A reply by {Way} cannot be passed on, it is to come again: {Reason}", way, e.Message);
            http.Response.Headers.RetryAfter = "5";
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    Task PagerDuty(HttpRequest request, byte[] body, CancellationToken ct)
    {
        var secrets = Secrets(Options.PagerDutySecrets);
        return Acknowledge("pagerduty",
            PagerDutyReply.Read(body, request.Headers["X-PagerDuty-Signature"], secrets, time.GetUtcNow()), ct);
    }

    Task Slack(HttpRequest request, byte[] body, CancellationToken ct)
    {
        var secret = Secrets(Options.SlackSigningSecret)[0];
        return Acknowledge("slack", SlackReply.Read(body, request.Headers["X-Slack-Request-Timestamp"], request.Headers["X-Slack-Signature"], secret,
            MappedFields.Words(Options.SlackUsers), time.GetUtcNow()), ct);
    }

    async Task Twilio(HttpRequest request, byte[] body, CancellationToken ct)
    {
        var tokens = Secrets(Options.TwilioAuthTokens);
        Uri address = new((Options.PublicUrl is { Length: > 0 } known ? known.TrimEnd('/') : $"{request.Scheme}://{request.Host}")
            + request.Path + request.QueryString);
        var form = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body))
            .Select(field => KeyValuePair.Create(field.Key, field.Value.ToString()));
        if (TwilioReply.Read(address, form, request.Headers["X-Twilio-Signature"], request.Query["delivery"], tokens) is { } final)
            await notifier.AskNow(final.Delivery, final.Message, ct);
    }

    async Task ChatPro(string key, byte[] body, CancellationToken ct)
    {
        var expected = Secrets(Options.ChatProKey)[0];
        if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(key)), SHA256.HashData(Encoding.UTF8.GetBytes(expected))))
            throw ReplyRefusedException.Unsigned("the key in its address is wrong");
        if (ChatProReply.Read(body, MappedFields.Words(Options.ChatProNumbers), MappedFields.Words(Options.ChatProWords)) is not { } said)
            return;
        var told = await notifier.Told(Options.ChatProChannel, said.Quoted, ct);
        // Who answers no message means the only alert there is; of several it would be a guess.
        if (said.Quoted is null && told.Count > 1)
        {
            log.LogWarning("A word by WhatsApp acknowledges nothing: {Count} alerts are told there and it quotes no message", told.Count);
            return;
        }
        await Acknowledge("chatpro", new(told, $"…{said.Number[^Math.Min(4, said.Number.Length)..]} (WhatsApp)", null, said.Message), ct);
    }

    async Task Acknowledge(string way, Reply reply, CancellationToken ct)
    {
        await acknowledgements.Send(way, reply, ct);
        foreach (var alert in reply.Alerts)
            log.LogInformation("Alert {Alert} is acknowledged by a reply by {Way}", alert, way);
    }

    // What is not set up is not there.
    static string[] Secrets(string setting) => MappedFields.Words(setting) is { Length: > 0 } secrets ? secrets
        : throw new ReplyRefusedException(StatusCodes.Status404NotFound, "no secret is set for it");
}
