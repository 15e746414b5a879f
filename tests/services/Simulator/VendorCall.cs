using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sigma.Simulator.Prefect;
using Sigma.Simulator.Vendors;
using Sigma.Simulator.Webhooks;

namespace Sigma.ServiceTests.Simulator;

/// <summary>A message that a vendor takes, and where it ends up.</summary>
internal sealed record VendorCall(string Path, Func<SimulatorSession, HttpRequestMessage> Request, Func<SimulatorSession, Inbox> Inbox)
{
    public const string RoutingKey = "0123456789abcdef0123456789abcdef";

    public const string SlackHook = "/services/T0001/B0001/slack-secret";

    public static readonly IReadOnlyDictionary<string, VendorCall> All = new Dictionary<string, VendorCall>
    {
        ["pagerduty"] = new("/v2/enqueue", _ => Json("/v2/enqueue", PagerDutyTrigger()), sim => sim.App.PagerDuty.Inbox),
        ["prefect"] = new("/api/*",
            sim => Prefect(sim, CreateFlowRun, new { parameters = new { alert_id = "a-1" }, idempotency_key = "n-1" }),
            sim => sim.App.Prefect.Inbox),
        ["slack"] = new("/services/*", _ => Json(SlackHook, new { text = "*Excesso*" }), sim => sim.App.Slack.Inbox),
        ["teams"] = new("/workflows/*", sim => Json(TeamsWorkflow(sim), TeamsCard()), sim => sim.App.Teams.Inbox),
        ["telegram"] = new("/bot*", sim => Json(TelegramSend(sim), new { chat_id = 42, text = "Excesso" }), sim => sim.App.Telegram.Inbox),
        ["twilio"] = new("/2010-04-01/*", sim => Twilio(sim, TwilioForm()), sim => sim.App.Twilio.Inbox),
        ["webhooks"] = new("/webhooks/*", sim => Webhook(sim, """{"type":"alert.raised"}"""), sim => sim.App.Webhooks.Inbox),
    };

    public static HttpRequestMessage Json(string path, object body, AuthenticationHeaderValue? authorization = null) =>
        new(HttpMethod.Post, path) { Content = JsonContent.Create(body), Headers = { Authorization = authorization } };

    public static string TeamsWorkflow(SimulatorSession sim, string id = "wf-1") =>
        $"/workflows/{id}/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0"
        + $"&sig={sim.App.Options.Teams.Signature}";

    public static JsonObject TeamsCard(string text = "Excesso de eventos") => new()
    {
        ["type"] = "message",
        ["attachments"] = new JsonArray(new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.adaptive",
            ["contentUrl"] = null,
            ["content"] = new JsonObject
            {
                ["type"] = "AdaptiveCard",
                ["version"] = "1.4",
                ["body"] = new JsonArray(new JsonObject { ["type"] = "TextBlock", ["text"] = text }),
            },
        }),
    };

    public static string CreateFlowRun => $"/api/deployments/{PrefectServer.Default.Id}/create_flow_run";

    public static HttpRequestMessage Prefect(SimulatorSession sim, string path, object? body = null)
    {
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes(sim.App.Options.Prefect.AuthString));
        return new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path)
        {
            Content = body is null ? null : JsonContent.Create(body),
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", credentials) },
        };
    }

    public static string TwilioMessages(SimulatorSession sim) => $"/2010-04-01/Accounts/{sim.App.Options.Twilio.AccountSid}/Messages";

    public static Dictionary<string, string> TwilioForm() =>
        new() { ["To"] = "+5511999990000", ["From"] = "+15005550006", ["Body"] = "Excesso de eventos" };

    public static HttpRequestMessage Twilio(SimulatorSession sim, Dictionary<string, string>? form, string? path = null, string? token = null)
    {
        var twilio = sim.App.Options.Twilio;
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{twilio.AccountSid}:{token ?? twilio.AuthToken}"));
        return new HttpRequestMessage(form is null ? HttpMethod.Get : HttpMethod.Post, path ?? TwilioMessages(sim) + ".json")
        {
            Content = form is null ? null : new FormUrlEncodedContent(form),
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", credentials) },
        };
    }

    public static string TelegramSend(SimulatorSession sim) => $"/bot{sim.App.Options.Telegram.Token}/sendMessage";

    public static JsonObject PagerDutyTrigger() => new()
    {
        ["routing_key"] = RoutingKey,
        ["event_action"] = "trigger",
        ["dedup_key"] = "episode-1",
        ["payload"] = new JsonObject { ["summary"] = "Excesso de eventos", ["source"] = "segware", ["severity"] = "critical" },
    };

    /// <summary>A webhook as its specification says; the key may be another one, and the time too.</summary>
    public static HttpRequestMessage Webhook(
        SimulatorSession sim, string body, string id = "msg_1", string key = WebhookOptions.DefaultKey, TimeSpan age = default)
    {
        var timestamp = (sim.Clock.Now - age).ToUnixTimeSeconds();
        var signature = HMACSHA256.HashData(
            Convert.FromBase64String(key["whsec_".Length..]), Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}"));
        return new HttpRequestMessage(HttpMethod.Post, "/webhooks/alerts")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            Headers =
            {
                { "webhook-id", id }, { "webhook-timestamp", $"{timestamp}" }, { "webhook-signature", $"v1,{Convert.ToBase64String(signature)}" },
            },
        };
    }
}
