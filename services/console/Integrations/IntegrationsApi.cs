using System.Security.Claims;
using System.Text.Json.Nodes;
using Sigma.Hosting.Api;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Api;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Integrations;

/// <summary><c>/api/v1/integrations</c> and <c>/api/v1/intake</c>: who may send to the gateway, and what they sent.</summary>
internal static class IntegrationsApi
{
    const int UsualPage = 50, LongestPage = 500;
    const string Newest = "newest", Oldest = "oldest";

    public static void Map(IEndpointRouteBuilder api)
    {
        var integrations = api.MapGroup("/integrations").WithTags("Integrations").WithServiceProblems()
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        integrations.MapGet("", List).WithName("ListIntegrations").WithSummary("Who may send to the gateway; keys are never shown")
            .Produces<GatewayIntegrations>();
        integrations.MapGet("/revisions", Revisions).WithName("ListIntegrationRevisions")
            .WithSummary("Who changed what, when and why, the newest first; of one integration, or of all").Produces<ServicePage<GatewayRevision>>();
        integrations.MapGet("/{name}", Show).WithName("ShowIntegration").WithSummary("One integration, with its revision as ETag")
            .Produces<GatewayIntegration>().ProducesProblem(StatusCodes.Status404NotFound);
        Changing(integrations.MapPut("/{name}", Put).WithName("PutIntegration")
            .WithSummary("Makes or changes an integration; the key of a new one is in the answer, this once"));
        Changing(integrations.MapPost("/{name}/key", NewKey).WithName("RenewIntegrationKey")
            .WithSummary("Makes a new key, which is in the answer, this once"));
        Changing(integrations.MapDelete("/{name}", Remove).WithName("RemoveIntegration")
            .WithSummary("Takes an integration away: nobody can send by it any more"));
        var intake = api.MapGroup("/intake").WithTags("Integrations").WithServiceProblems().ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        intake.MapGet("", Deliveries).WithName("ListIntake").WithSummary("What was sent to the gateway, with what was understood")
            .WithDescription("state: kept, duplicate, malformed, refused, unread or replay. order: newest, or oldest first. limit: 50, at most 500.")
            .Produces<ServicePage<GatewayDelivery>>().ProducesProblem(StatusCodes.Status400BadRequest);
        intake.MapGet("/{number:long}", Delivery).WithName("ShowIntake").WithSummary("What was sent, with its raw body")
            .WithDescription("Needs the role engineer, without limits.").Produces<GatewayBody>().ProducesProblem(StatusCodes.Status404NotFound);
        intake.MapPost("/{number:long}/replay", Replay).WithName("ReplayIntake").WithSummary("Has what was sent read again, as if it came now")
            .WithDescription("Needs the role engineer, without limits.").Produces<GatewayReplay>().ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    static void Changing(RouteHandlerBuilder endpoint) => endpoint
        .WithDescription("With If-Match only while the revision is that one, else 412. Needs the role engineer, without limits.")
        .Produces<GatewayChange>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    static async Task<IResult> List(HttpContext http, IntegrationBook book, CancellationToken ct)
    {
        var all = await book.All(Caller.Of(http.User), ct);
        http.Response.SetRevision(all.Revision);
        return Results.Ok(all);
    }

    static async Task<IResult> Show(string name, HttpContext http, IntegrationBook book, CancellationToken ct)
    {
        if (await book.Find(name, Caller.Of(http.User), ct) is not { } found)
            return Problems.NotFound($"There is no integration {name}.");
        http.Response.SetRevision(found.Revision);
        return Results.Ok(found);
    }

    static async Task<IResult> Revisions(string? name, long? after, int? limit, ClaimsPrincipal user, IntegrationBook book, CancellationToken ct) =>
        Results.Ok(await book.Revisions(name, after, Math.Clamp(limit ?? UsualPage, 1, LongestPage), Caller.Of(user), ct));

    static async Task<IResult> Put(string name, IntegrationToPut body, HttpContext http, IntegrationBook book, CancellationToken ct) =>
        Changed(http, await book.Put(name, body.Integration, http.Request.ExpectedRevision(), body.Why, Caller.Of(http.User), ct));

    static async Task<IResult> NewKey(string name, KeyToRenew? body, HttpContext http, IntegrationBook book, CancellationToken ct) =>
        Changed(http, await book.NewKey(name, body?.FormerCounts ?? true, body?.Why, Caller.Of(http.User), ct));

    static async Task<IResult> Remove(string name, string? why, HttpContext http, IntegrationBook book, CancellationToken ct) =>
        Changed(http, await book.Remove(name, http.Request.ExpectedRevision(), why, Caller.Of(http.User), ct));

    static async Task<IResult> Deliveries(string? integration, string? state, string? after, int? limit, string? order, ClaimsPrincipal user,
        IntegrationBook book, CancellationToken ct) => order is null or Newest or Oldest
        ? Results.Ok(await book.Deliveries(new(integration, state, order == Oldest), after, Math.Clamp(limit ?? UsualPage, 1, LongestPage),
            Caller.Of(user), ct))
        : Problems.Refused([$"order is {Newest} or {Oldest}"], StatusCodes.Status400BadRequest);

    static async Task<IResult> Delivery(long number, ClaimsPrincipal user, IntegrationBook book, CancellationToken ct) =>
        await book.Delivery(number, Caller.Of(user), ct) is { } found ? Results.Ok(found)
            : Problems.NotFound($"There is no delivery {number}; bodies are kept for some days.");

    static async Task<IResult> Replay(long number, ClaimsPrincipal user, IntegrationBook book, CancellationToken ct) =>
        Results.Ok(await book.Replay(number, Caller.Of(user), ct));

    static IResult Changed(HttpContext http, GatewayChange change)
    {
        http.Response.SetRevision(change.Revision);
        return Results.Ok(change);
    }
}

/// <summary>An integration to be made or changed.</summary>
/// <param name="Integration">What it is to say: kind, labels, defaultSeverity, severityWords, mapping, closeAfter, on, secret.</param>
/// <param name="Why">Why.</param>
public sealed record IntegrationToPut(JsonObject Integration, string? Why = null);

/// <summary>A key to be made.</summary>
/// <param name="FormerCounts">Whether the former one counts for a while; it does unless this says otherwise.</param>
/// <param name="Why">Why.</param>
public sealed record KeyToRenew(bool FormerCounts = true, string? Why = null);
