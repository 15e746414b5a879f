using System.Text.Json;
using Sigma.Gateway.Answers;
using Sigma.Gateway.Intake;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks;
using Sigma.Gateway.Webhooks.PagerDuty;

namespace Sigma.Gateway.Events;

/// <summary>
/// PagerDuty's Events API version 2, at its own path. The routing key in the body is the integration's key; it is looked for before anything else is
/// read.
/// </summary>
internal sealed class EnqueueEndpoint(Door door, ConditionIntake intake, UnreadBodies unread, IEnumerable<IWebhook> webhooks)
{
    /// <summary>The largest body, as PagerDuty has it.</summary>
    public const int LargestBody = 512 * 1024;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    readonly IWebhook _events = webhooks.Single(webhook => webhook.Kind == IntegrationKind.Pagerduty);

    /// <summary>An alert begins, is taken on, or is over.</summary>
    public Task Alert(HttpContext http) => Take(http, _events.Read);

    /// <summary>Something was changed: an event without an end.</summary>
    public Task Change(HttpContext http) => Take(http, ChangeEvent.Read);

    async Task Take(HttpContext http, Func<WebhookBody, Integration, Reading> read)
    {
        try
        {
            var key = await RoutingKey.Find(http, LargestBody, http.RequestAborted);
            var delivery = await door.Open(http, [IntegrationKind.Pagerduty], null, key, http.RequestAborted);
            Reading reading;
            try
            {
                reading = read(new WebhookBody(delivery.Body, delivery.AllHeaders, delivery.ReceivedAt), delivery.Integration);
            }
            catch (MalformedBodyException e)
            {
                await intake.KeepMalformed(delivery, e.Place, e.Reason, http.RequestAborted);
                await Invalid(http, StatusCodes.Status400BadRequest, e.Message);
                return;
            }
            try
            {
                await intake.Keep(delivery, reading, http.RequestAborted);
            }
            catch (InvalidOperationException e)
            {
                await unread.Keep(delivery, e.Message, http.RequestAborted);
            }
            await Write(http, StatusCodes.Status202Accepted, reading.Answer ?? new { status = "success" });
        }
        catch (RefusedException e)
        {
            Answer.Headers(http, e);
            // Its clients know no 401: a key that is nobody's is an invalid event, which they do not send again.
            await Invalid(http, e.Status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound
                ? StatusCodes.Status400BadRequest : e.Status, e.Message);
        }
    }

    static Task Invalid(HttpContext http, int status, string error) => Write(http, status, status switch
    {
        StatusCodes.Status400BadRequest => Fault("invalid event", "Event object is invalid", error),
        StatusCodes.Status429TooManyRequests => Fault("throttle exceeded", "Requests are arriving too quickly", error),
        _ => Fault("unavailable", error, error),
    });

    static object Fault(string status, string message, string error) => new { status, message, errors = new[] { error } };

    static Task Write(HttpContext http, int status, object body) =>
        Answer.Write(http, status, "application/json", JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), Json));
}
