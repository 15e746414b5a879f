using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Teams;

internal static class Registration
{
    private const string Name = "teams";

    public static IServiceCollection AddTeams(this IServiceCollection services) =>
        services.AddVendor(Name, (inbox, _, clock) => new TeamsWorkflows(inbox, clock));

    public static void MapTeams(this IEndpointRouteBuilder app) =>
        app.MapVendor(Name, OfFault).MapPost("/workflows/{id}/triggers/manual/paths/invoke", Invoke);

    // [U] The errors are those of Azure's workflows, from memory.
    private static async Task<IResult> Invoke(string id, string? sig, HttpRequest request, TeamsWorkflows workflows, SimulatorOptions options)
    {
        var teams = options.Teams;
        if (string.IsNullOrEmpty(sig))
        {
            return Error(StatusCodes.Status401Unauthorized, "DirectApiAuthorizationRequired",
                "The request must be authenticated only by Shared Access scheme.");
        }

        if (sig != teams.Signature)
        {
            return Error(StatusCodes.Status401Unauthorized, "AuthorizationFailed", "The authentication credentials are not valid.");
        }

        if (workflows.Refusals.Of(id) is { } reason)
        {
            return reason == TeamsWorkflows.NotFound
                ? Error(StatusCodes.Status404NotFound, "WorkflowNotFound", $"The workflow '{id}' could not be found.")
                : Error(StatusCodes.Status400BadRequest, "WorkflowTriggerIsNotEnabled",
                    $"Could not execute workflow '{id}' trigger 'manual' with state 'Disabled': trigger is not enabled.");
        }

        if (workflows.Rate.Wait(id, teams.MessagesPerSecond) is { } wait)
        {
            return VendorEndpoint.TooMany(request.HttpContext, wait);
        }

        var body = await PostedBody.Bytes(request);
        if (body.Length > teams.BodyLimit)
        {
            return Error(StatusCodes.Status413PayloadTooLarge, "RequestEntityTooLarge", $"The request content exceeds {teams.BodyLimit} bytes.");
        }

        if (PostedBody.Json(body) is not { } message || !message.IsObject())
        {
            return Error(StatusCodes.Status400BadRequest, "InvalidRequestContent", "The request content is not valid and could not be deserialized.");
        }

        if (AdaptiveCard.Complaint(message) is { } complaint)
        {
            return Error(StatusCodes.Status400BadRequest, "TriggerInputSchemaMismatch",
                $"The input body for trigger 'manual' of type 'Request' did not match its schema definition. Error details: '{complaint}'.");
        }

        workflows.Inbox.Add(request.HttpContext, id, AdaptiveCard.Text(message), message);
        return Results.StatusCode(teams.SuccessStatus);
    }

    private static IResult OfFault(int status, TimeSpan? retryAfter) => status == StatusCodes.Status429TooManyRequests
        ? Error(status, "429", $"Rate limit is exceeded. Try again in {VendorEndpoint.Seconds(retryAfter ?? TimeSpan.FromSeconds(1))} seconds.")
        : Error(status, status >= StatusCodes.Status500InternalServerError ? "InternalServerError" : "BadRequest", "Simulated fault");

    private static IResult Error(int status, string code, string message) =>
        Results.Json(new { error = new { code, message } }, statusCode: status);
}
