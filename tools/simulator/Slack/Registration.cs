using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Slack;

internal static class Registration
{
    private const string Name = "slack";

    public static IServiceCollection AddSlack(this IServiceCollection services) =>
        services.AddVendor(Name, (inbox, _, clock) => new SlackWorkspace(inbox, clock));

    public static void MapSlack(this IEndpointRouteBuilder app)
    {
        app.MapVendor(Name, (status, _) => SlackErrors.OfFault(status)).MapPost("/services/{team}/{bot}/{secret}", Post);
        app.MapVendor(Name, (status, _) => SlackBot.No(status == StatusCodes.Status429TooManyRequests ? "ratelimited" : "internal_error", status))
            .MapPost("/api/chat.postMessage", SlackBot.Post);
        app.MapVendor(Name, (status, _) => SlackBot.No("internal_error", status)).MapPost("/api/auth.test", SlackBot.Test);
    }

    private static async Task<IResult> Post(
        string team, string bot, string secret, HttpRequest request, SlackWorkspace workspace, SimulatorOptions options)
    {
        var hook = $"{team}/{bot}";
        if (secret != options.Slack.Secret)
        {
            return SlackErrors.Of(StatusCodes.Status403Forbidden, "invalid_token");
        }

        if (workspace.Rate.Wait(hook, options.Slack.MessagesPerMinute) is { } wait)
        {
            return VendorEndpoint.TooMany(request.HttpContext, wait);
        }

        if (await SlackPayload.Read(request) is not { } message)
        {
            return SlackErrors.Of(StatusCodes.Status400BadRequest, "invalid_payload");
        }

        if (SlackPayload.Complaint(message) is { } complaint)
        {
            return SlackErrors.Of(StatusCodes.Status400BadRequest, complaint);
        }

        // [U] Which of the message and the channel is looked at first.
        if (workspace.Refusals.Of(hook) is { } word)
        {
            return SlackErrors.Of(SlackErrors.OfHooks.GetValueOrDefault(word, StatusCodes.Status400BadRequest), word);
        }

        workspace.Inbox.Add(request.HttpContext, hook, message.Text("text") ?? "", message);
        return SlackErrors.Of(StatusCodes.Status200OK, "ok");
    }
}
