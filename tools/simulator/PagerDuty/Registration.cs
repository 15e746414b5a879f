using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.PagerDuty;

internal static class Registration
{
    private const string Name = "pagerduty";
    private const int BodyLimit = 512 * 1024;

    public static IServiceCollection AddPagerDuty(this IServiceCollection services) =>
        services.AddVendor(Name, (inbox, _, clock) => new PagerDutyAccount(inbox, clock));

    public static void MapPagerDuty(this IEndpointRouteBuilder app) =>
        app.MapVendor(Name, (status, _) => Error(status)).MapPost("/v2/enqueue", Enqueue);

    private static async Task<IResult> Enqueue(HttpRequest request, PagerDutyAccount account, SimulatorOptions options)
    {
        var body = await PostedBody.Bytes(request);
        if (body.Length > BodyLimit)
        {
            return Error(StatusCodes.Status413PayloadTooLarge);
        }

        if (PostedBody.Json(body) is not { } json || !json.IsObject())
        {
            return Refused("Unrecognized object", "Event object format is unrecognized", "JSON parse error");
        }

        if (PagerDutyEvent.Errors(json).ToArray() is { Length: > 0 } errors)
        {
            return Refused("invalid event", "Event object is invalid", errors);
        }

        var posted = PagerDutyEvent.From(json);
        if (!Exists(posted.RoutingKey, account, options.PagerDuty))
        {
            return Refused("invalid event", "Event object is invalid", "Invalid routing key");
        }

        if (account.Rate.Wait(posted.RoutingKey, options.PagerDuty.EventsPerMinute) is { } wait)
        {
            return VendorEndpoint.TooMany(request.HttpContext, wait);
        }

        var key = account.Process(posted);
        account.Inbox.Add(request.HttpContext, posted.RoutingKey, $"{posted.Action} {posted.Summary}".TrimEnd(), json, key);
        return Results.Json(
            new { status = "success", message = "Event processed", dedup_key = posted.DedupKey }, statusCode: StatusCodes.Status202Accepted);
    }

    private static bool Exists(string routingKey, PagerDutyAccount account, PagerDutyOptions options) =>
        account.Refusals.Of(routingKey) is null
        && (options.RoutingKeys.Length == 0 || options.RoutingKeys.Split(' ').Contains(routingKey));

    private static IResult Refused(string status, string message, params string[] errors) =>
        Results.Json(new { status, message, errors }, statusCode: StatusCodes.Status400BadRequest);

    /// <summary>[U] PagerDuty documents the statuses, not these bodies.</summary>
    private static IResult Error(int statusCode)
    {
        var (status, message) = statusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => ("payload too large", "Event is larger than 512 KB"),
            StatusCodes.Status429TooManyRequests => ("throttle exceeded", "Requests for this service are arriving too quickly. Please retry later."),
            >= StatusCodes.Status500InternalServerError => ("internal error", "Internal Server Error"),
            _ => ("invalid event", "Event object is invalid"),
        };
        return Results.Json(new { status, message, errors = new[] { message } }, statusCode: statusCode);
    }
}
