using System.Globalization;
using Sigma.Simulator.Segware;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Slack;

/// <summary>A bot's <c>chat.postMessage</c>. All but a call that comes too often is answered with 200, and the body says what was wrong.</summary>
internal static class SlackBot
{
    public static readonly string[] Reasons = ["channel_not_found", "is_archived", "not_in_channel", "invalid_auth", "internal_error"];

    public static async Task<IResult> Post(HttpRequest request, SlackWorkspace workspace, SimulatorOptions options, TimeProvider clock)
    {
        if (!SegwareTokenCheck.Same(request.Headers.Authorization.ToString(), "Bearer " + options.Slack.BotToken))
        {
            return No(request.Headers.Authorization.Count == 0 ? "not_authed" : "invalid_auth");
        }

        if (!request.HasJsonContentType() || await SlackPayload.Read(request) is not { } message)
        {
            return No("invalid_json");
        }

        if (message.Text("channel") is not { Length: > 0 } channel)
        {
            return No("channel_not_found");
        }

        if (workspace.Rate.Wait(channel, options.Slack.MessagesPerMinute) is { } wait)
        {
            VendorEndpoint.SetRetryAfter(request.HttpContext, wait);
            return No("ratelimited", StatusCodes.Status429TooManyRequests);
        }

        if ((workspace.Refusals.Of(channel) ?? SlackPayload.Complaint(message)) is { } word)
        {
            return No(word);
        }

        var post = workspace.Inbox.Add(request.HttpContext, channel, message.Text("text") ?? "", message);
        var ts = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow().ToUnixTimeSeconds()}.{workspace.Inbox.Count:000000}");
        return Results.Json(new { ok = true, channel, ts, message = new { text = post.Text, type = "message", ts } });
    }

    public static IResult Test(HttpRequest request, SimulatorOptions options) =>
        SegwareTokenCheck.Same(request.Headers.Authorization.ToString(), "Bearer " + options.Slack.BotToken)
            ? Results.Json(new { ok = true, team = "Simulated", user = "simulated_bot" })
            : No(request.Headers.Authorization.Count == 0 ? "not_authed" : "invalid_auth");

    public static IResult No(string error, int status = StatusCodes.Status200OK) => Results.Json(new { ok = false, error }, statusCode: status);
}
