using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Webhooks;

internal static class Registration
{
    private const string Name = "webhooks";

    public static IServiceCollection AddWebhooks(this IServiceCollection services) =>
        services.AddVendor(Name, (inbox, _, _) => new WebhookReceiver(inbox));

    public static void MapWebhooks(this IEndpointRouteBuilder app) =>
        app.MapVendor(Name, (status, _) => Error(status, "Simulated fault")).MapPost("/webhooks/{endpoint}", Receive);

    private static async Task<IResult> Receive(
        string endpoint, HttpRequest request, WebhookReceiver receiver, SimulatorOptions options, TimeProvider clock)
    {
        if (receiver.Refusals.Of(endpoint) is not null)
        {
            return Error(StatusCodes.Status410Gone, "Endpoint is disabled");
        }

        var body = await PostedBody.Bytes(request);
        if (body.Length > options.Webhooks.BodyLimit)
        {
            return Error(StatusCodes.Status413PayloadTooLarge, "Payload too large");
        }

        // The specification leaves the status of a wrong signature open; 400 is what its examples answer.
        if (WebhookSignature.Complaint(request.Headers, body, options.Webhooks, clock.GetUtcNow()) is { } complaint)
        {
            return Error(StatusCodes.Status400BadRequest, complaint);
        }

        if (PostedBody.Json(body) is not { } json || !json.IsObject())
        {
            return Error(StatusCodes.Status400BadRequest, "Payload is not a JSON object");
        }

        receiver.LastHeaders = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(),
            StringComparer.OrdinalIgnoreCase);
        receiver.Inbox.Add(request.HttpContext, endpoint, json.Text("type") ?? "", json, request.Headers["webhook-id"].ToString());
        return Results.NoContent();
    }

    private static IResult Error(int status, string message) => Results.Json(new { message }, statusCode: status);
}
