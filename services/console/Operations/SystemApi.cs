using System.Security.Claims;
using Sigma.Hosting.Api;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Drills;
using Sigma.OperatorConsole.Services;
using Sigma.OperatorConsole.Sources;

namespace Sigma.OperatorConsole.Operations;

/// <summary>How the services are, below <c>/api/v1/system</c>.</summary>
internal static class SystemApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var system = api.MapGroup("/system").WithTags("System").WithServiceProblems();
        system.MapGet("/health", Health).WithName("ShowHealth").WithSummary("Health and version of each service, by its own word")
            .Produces<IReadOnlyList<ServiceHealth>>().ProducesProblem(StatusCodes.Status403Forbidden);
        system.MapGet("/coverage", Coverage).WithName("ShowCoverage").WithSummary("Which minutes of Segware are covered, late or missing, and why")
            .WithDescription("hours: 24, at most 168.")
            .Produces<SourceCoverage>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        system.MapGet("/outbox", Outbox).WithName("ShowOutbox").WithSummary("Messages that the broker does not have yet, by service")
            .Produces<IReadOnlyList<WaitingMessages>>().ProducesProblem(StatusCodes.Status403Forbidden);
        system.MapGet("/queues", Queues).WithName("ListQueues").WithSummary("The queues of the broker, with their error queues")
            .Produces<IReadOnlyList<QueueDepth>>().ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        OfErrors(system.MapGet("/queues/{queue}/messages", Failed).WithName("ListFailedMessages").WithSummary("The first messages of an error queue")
            .Produces<IReadOnlyList<FailedMessage>>());
        OfErrors(system.MapPost("/queues/{queue}/send-back", SendBack).WithName("SendBackMessages")
            .WithSummary("Sends messages of an error queue back to the queue they came from; without ids all of them").Produces<MovedMessages>());
        OfErrors(system.MapPost("/queues/{queue}/drop", Drop).WithName("DropMessages")
            .WithSummary("Takes messages out of an error queue for good; the audit log keeps them").Produces<MovedMessages>());
        DrillsApi.Map(system);
    }

    static void OfErrors(RouteHandlerBuilder endpoint) => endpoint.WithDescription("Needs the role engineer, without limits.")
        .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    static async Task<IResult> Health(ClaimsPrincipal user, HealthQuery health, CancellationToken ct) =>
        Results.Ok(await health.All(Caller.Of(user), ct));

    static async Task<IResult> Coverage(int? hours, ClaimsPrincipal user, CoverageQuery coverage, CancellationToken ct) =>
        Results.Ok(await coverage.Of(hours, Caller.Of(user), ct));

    static async Task<IResult> Outbox(ClaimsPrincipal user, OutboxDepth outbox, CancellationToken ct) =>
        Results.Ok(await outbox.All(Caller.Of(user), ct));

    static Task<IResult> Queues(ClaimsPrincipal user, BrokerQueues queues, CancellationToken ct) =>
        Answer(async () => Results.Ok(await queues.Depths(Caller.Of(user), ct)));

    static Task<IResult> Failed(string queue, ClaimsPrincipal user, BrokerQueues queues, CancellationToken ct) =>
        Answer(async () => Results.Ok(await queues.Failed(queue, Caller.Of(user), ct)));

    static Task<IResult> SendBack(string queue, MessagesToMove body, ClaimsPrincipal user, BrokerQueues queues, CancellationToken ct) =>
        Answer(async () => Results.Ok(new MovedMessages(await queues.SendBack(queue, body.Ids ?? [], Caller.Of(user), ct))));

    static Task<IResult> Drop(string queue, MessagesToMove body, ClaimsPrincipal user, BrokerQueues queues, CancellationToken ct) =>
        Answer(async () => Results.Ok(new MovedMessages(await queues.Drop(queue, body.Ids ?? [], Caller.Of(user), ct))));

    static async Task<IResult> Answer(Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (BrokerUnavailableException e)
        {
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, $"The broker: {e.Message}.");
        }
    }
}

/// <summary>Which messages of an error queue.</summary>
/// <param name="Ids">Their ids.</param>
public sealed record MessagesToMove(IReadOnlyList<string>? Ids = null);

/// <summary>How many messages left an error queue.</summary>
public sealed record MovedMessages(int Number);
