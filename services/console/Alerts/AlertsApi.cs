using System.Security.Claims;
using Sigma.Hosting.Api;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Api;
using Sigma.OperatorConsole.Board;

namespace Sigma.OperatorConsole.Alerts;

/// <summary>What is raised, and what is done about it, below <c>/api/v1/alerts</c>.</summary>
internal static class AlertsApi
{
    const int LongestPage = 200, UsualPage = 50;

    public static void Map(IEndpointRouteBuilder api)
    {
        var alerts = api.MapGroup("/alerts").WithTags("Alerts");
        alerts.MapGet("", List).WithName("ListAlerts").WithSummary("The alerts that are raised")
            .WithDescription("A name of a field or label with a value, as severity=critical or account=7, keeps those that have one of its values; "
                + "q is words, ack and snoozed are yes or no, shadow=yes are those of rules that are tried out, keep=yes has critical and high ones "
                + "stay until somebody acknowledges them; sort is severity, newest, oldest, account, company, rule or source. limit is at most 200; "
                + "go on with after, which next said.")
            .Produces<AlertsPage>().ProducesProblem(StatusCodes.Status400BadRequest);
        alerts.MapGet("/{id:guid}", Show).WithName("GetAlert").WithSummary("One alert, also one that is over").Produces<AlertView>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        alerts.MapGet("/{id:guid}/timeline", Timeline).WithName("GetTimeline").WithSummary("What happened to an alert, the oldest first")
            .Produces<IReadOnlyList<AlertEvent>>().ProducesProblem(StatusCodes.Status404NotFound);
        alerts.MapGet("/{id:guid}/earlier", Earlier).WithName("GetOtherEpisodes")
            .WithSummary("Other episodes of the same rule and labels within 90 days, the newest first")
            .Produces<IReadOnlyList<AlertView>>().ProducesProblem(StatusCodes.Status404NotFound);
        alerts.MapGet("/{id:guid}/others", Others).WithName("GetOthersOfAccount").WithSummary("What else is raised on the same account")
            .Produces<IReadOnlyList<AlertView>>().ProducesProblem(StatusCodes.Status404NotFound);
        Command(alerts.MapPost("/{id:guid}/acknowledge", Acknowledge), "AcknowledgeAlert", "Takes an alert on");
        Command(alerts.MapPost("/{id:guid}/comment", Comment), "CommentAlert", "Says something about an alert");
        Command(alerts.MapPost("/{id:guid}/assign", Assign), "AssignAlert", "Makes an alert somebody's task; without a name nobody's");
        Command(alerts.MapPost("/{id:guid}/snooze", Snooze), "SnoozeAlert",
            "Has nobody told of an alert until a time, or until it is cleared; ends=true ends that");
        Command(alerts.MapPost("/{id:guid}/close", Close), "CloseAlert", "Ends an alert, whatever its rule says");
        alerts.MapPost("/acknowledge", AcknowledgeMany).WithName("AcknowledgeAlerts").WithSummary("Takes up to 500 alerts on")
            .WithDescription("Those that are over, or that the caller may not see, are left out. Needs the role operator.")
            .Produces<BulkOutcome>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapGet("/facets", Facets).WithTags("Alerts").WithName("GetFacets")
            .WithSummary("How many alerts there are by field and value, and by group where group names a field or label")
            .WithDescription("Filtered as the alerts. Of a field that is filtered by, its other values are counted too.")
            .Produces<FacetsAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
    }

    static void Command(RouteHandlerBuilder endpoint, string name, string summary) => endpoint.WithName(name).WithSummary(summary)
        .WithDescription("The evaluators are told, and obey within moments. Sent again with the same Idempotency-Key it is done once. "
            + "Needs the role operator.")
        .Produces<CommandAccepted>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    static IResult List(HttpRequest request, string? after, int? limit, ClaimsPrincipal user, RaisedAlerts board)
    {
        if (BoardFilter.Faults(request.Filter("after", "limit")).ToList() is { Count: > 0 } faults)
            return Problems.Refused(faults, StatusCodes.Status400BadRequest);
        var filter = BoardFilter.Parse(request.Filter("after", "limit")) with { GroupBy = null };
        var place = after is null ? null : BoardPlace.Read(after);
        if (after is not null && place is null)
            return Problems.Refused(["after is what next said"], StatusCodes.Status400BadRequest);
        var found = board.Find(filter, Caller.Of(user));
        var from = place?.After(found.Rows, filter.Sort) ?? 0;
        var count = Math.Min(Math.Clamp(limit ?? UsualPage, 1, LongestPage), found.Rows.Count - from);
        var page = new AlertView[count];
        for (var i = 0; i < count; i++)
            page[i] = found.Rows[from + i];
        return Results.Ok(new AlertsPage(page, from + count < found.Rows.Count ? BoardPlace.Of(page[^1], filter.Sort).ToString() : null,
            found.Rows.Count, found.Unacknowledged, board.StaleSince));
    }

    static IResult Facets(HttpRequest request, ClaimsPrincipal user, RaisedAlerts board)
    {
        if (BoardFilter.Faults(request.Filter()).ToList() is { Count: > 0 } faults)
            return Problems.Refused(faults, StatusCodes.Status400BadRequest);
        var found = board.Find(BoardFilter.Parse(request.Filter()), Caller.Of(user));
        return Results.Ok(new FacetsAnswer(found.Rows.Count, found.Unacknowledged, found.Facets, found.Groups, board.StaleSince));
    }

    static async Task<IResult> Show(Guid id, ClaimsPrincipal user, AlertQuery alerts, CancellationToken ct) =>
        Found(id, await alerts.Find(id, Caller.Of(user), ct));

    static async Task<IResult> Timeline(Guid id, ClaimsPrincipal user, AlertQuery alerts, CancellationToken ct) =>
        Found(id, await alerts.Timeline(id, Caller.Of(user), ct));

    static async Task<IResult> Earlier(Guid id, ClaimsPrincipal user, AlertQuery alerts, CancellationToken ct) =>
        Found(id, await alerts.Earlier(id, Caller.Of(user), ct));

    static async Task<IResult> Others(Guid id, ClaimsPrincipal user, AlertQuery alerts, CancellationToken ct) =>
        Found(id, await alerts.Others(id, Caller.Of(user), ct));

    static Task<IResult> Acknowledge(Guid id, CommentBody? body, HttpRequest request, ClaimsPrincipal user, AlertCommands commands,
        CancellationToken ct) =>
        Give(id, request, user, (caller, command) => commands.Acknowledge(id, body?.Comment, command, caller, ct));

    static Task<IResult> Comment(Guid id, CommentBody body, HttpRequest request, ClaimsPrincipal user, AlertCommands commands,
        CancellationToken ct) =>
        Give(id, request, user, (caller, command) => commands.Comment(id, body.Comment ?? "", command, caller, ct));

    static Task<IResult> Assign(Guid id, AssignBody body, HttpRequest request, ClaimsPrincipal user, AlertCommands commands, CancellationToken ct) =>
        Give(id, request, user, (caller, command) => commands.Assign(id, body.To, body.Comment, command, caller, ct));

    static Task<IResult> Snooze(Guid id, SnoozeBody body, HttpRequest request, ClaimsPrincipal user, AlertCommands commands, CancellationToken ct) =>
        Give(id, request, user, (caller, command) => commands.Snooze(id, body.Until, body.Ends, body.Comment, command, caller, ct));

    static Task<IResult> Close(Guid id, CommentBody body, HttpRequest request, ClaimsPrincipal user, AlertCommands commands, CancellationToken ct) =>
        Give(id, request, user, (caller, command) => commands.Close(id, body.Comment ?? "", command, caller, ct));

    static async Task<IResult> AcknowledgeMany(BulkBody body, HttpRequest request, ClaimsPrincipal user, AlertCommands commands,
        CancellationToken ct)
    {
        var caller = Caller.Of(user);
        var done = await commands.Acknowledge(body.Alerts, body.Comment, request.CommandId(caller), caller, ct);
        return done.Outcome == CommandOutcome.Sent ? Results.Accepted(null, done) : Refused(done.Outcome);
    }

    static async Task<IResult> Give(Guid id, HttpRequest request, ClaimsPrincipal user, Func<Caller, Guid, Task<CommandOutcome>> give)
    {
        var caller = Caller.Of(user);
        var command = request.CommandId(caller);
        return await give(caller, command) switch
        {
            CommandOutcome.Sent => Results.Accepted(null, new CommandAccepted(id, command)),
            CommandOutcome.NotFound => NotThere(id),
            CommandOutcome.Over => Problems.Of(StatusCodes.Status409Conflict, $"The alert {id} is over, or its rule is tried out."),
            var outcome => Refused(outcome),
        };
    }

    static IResult Refused(CommandOutcome outcome) => Problems.Refused([outcome switch
    {
        CommandOutcome.CommentMissing => "comment is missing",
        CommandOutcome.CommentTooLong => "comment has at most 1,000 characters",
        CommandOutcome.NameInvalid => "to has at most 100 characters",
        CommandOutcome.TimeInvalid => "until is in the future; with ends it is not said",
        CommandOutcome.TooMany => $"alerts are at most {AlertCommands.MostAlerts}",
        _ => "the command has no identity",
    }]);

    static IResult Found<T>(Guid id, T? found) where T : class => found is null ? NotThere(id) : Results.Ok(found);

    static IResult NotThere(Guid id) => Problems.NotFound($"There is no alert {id}.");
}

/// <summary>A page of alerts.</summary>
/// <param name="Items">The alerts.</param>
/// <param name="Next">What to say as <c>after</c> to get those that follow; null when there are none.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Unacknowledged">How many of all nobody has taken on.</param>
/// <param name="StaleSince">Since when nothing new is seen, UTC; null while all is as of now.</param>
public sealed record AlertsPage(IReadOnlyList<AlertView> Items, string? Next, int Total, int Unacknowledged, DateTimeOffset? StaleSince);

/// <summary>Counts of alerts.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Unacknowledged">How many of them nobody has taken on.</param>
/// <param name="Facets">By field and value.</param>
/// <param name="Groups">By group, where they are grouped.</param>
/// <param name="StaleSince">Since when nothing new is seen, UTC; null while all is as of now.</param>
public sealed record FacetsAnswer(int Total, int Unacknowledged, IReadOnlyList<Facet> Facets, IReadOnlyList<BoardGroup> Groups,
    DateTimeOffset? StaleSince);

/// <summary>A command that the evaluators are told of.</summary>
public sealed record CommandAccepted(Guid AlertId, Guid CommandId);

/// <summary>What is said of an alert.</summary>
public sealed record CommentBody(string? Comment = null);

/// <summary>Whose task an alert is to be; nobody's, without a name.</summary>
public sealed record AssignBody(string? To = null, string? Comment = null);

/// <summary>Until when nobody wants to hear of an alert; until it is cleared, without a time.</summary>
public sealed record SnoozeBody(DateTimeOffset? Until = null, bool Ends = false, string? Comment = null);

/// <summary>Which alerts somebody takes on.</summary>
public sealed record BulkBody(IReadOnlyList<Guid> Alerts, string? Comment = null);
