using System.Globalization;
using MassTransit;
using Sigma.Contracts;
using Sigma.Evaluator.Life;
using Sigma.Evaluator.Queries;
using Sigma.Hosting.Api;
using Sigma.Hosting.Messaging;

namespace Sigma.Evaluator.Api;

/// <summary>
/// The alerts that are raised, what people did with them, and what they do: as <c>sigma alerts</c>, by the same queries and commands. A command has
/// an identity that the caller makes up, so one that comes again is obeyed once.
/// </summary>
internal static class AlertsApi
{
    const int LongestPage = 1000, UsualPage = 200;

    public static void Map(IEndpointRouteBuilder app)
    {
        var alerts = app.MapGroup("/alerts");
        alerts.MapGet("", List);
        alerts.MapGet("/{id:guid}", Show);
        app.MapGet("/notes", Notes);
        alerts.MapPost("/{id:guid}/acknowledge", (Guid id, AcknowledgeOrder body, RaisedAlertQuery query, IBus bus, CancellationToken ct) =>
            Send(id, body, query, bus, new AcknowledgeAlert { CommandId = body.CommandId, AlertId = id, By = body.By, Comment = body.Comment }, ct));
        alerts.MapPost("/{id:guid}/comment", (Guid id, CommentOrder body, RaisedAlertQuery query, IBus bus, CancellationToken ct) =>
            Send(id, body, query, bus, new CommentAlert { CommandId = body.CommandId, AlertId = id, By = body.By, Comment = body.Comment }, ct));
        alerts.MapPost("/{id:guid}/assign", (Guid id, AssignOrder body, RaisedAlertQuery query, IBus bus, CancellationToken ct) =>
            Send(id, body, query, bus,
                new AssignAlert { CommandId = body.CommandId, AlertId = id, By = body.By, To = body.To, Comment = body.Comment }, ct));
        alerts.MapPost("/{id:guid}/snooze", (Guid id, SnoozeOrder body, RaisedAlertQuery query, IBus bus, CancellationToken ct) =>
            Send(id, body, query, bus, new SnoozeAlert
            {
                CommandId = body.CommandId, AlertId = id, By = body.By, Comment = body.Comment,
                Until = body.Ends ? DateTimeOffset.UnixEpoch : body.Until,
            }, ct));
        alerts.MapPost("/{id:guid}/close", (Guid id, CommentOrder body, RaisedAlertQuery query, IBus bus, CancellationToken ct) =>
            Send(id, body, query, bus, new CloseAlert { CommandId = body.CommandId, AlertId = id, By = body.By, Comment = body.Comment }, ct));
    }

    static async Task<IResult> List(string? rule, string? kind, string? source, string? severity, string? category, string? assignedTo,
        bool? acknowledged, bool? shadow, string[]? label, long? after, int? limit, RaisedAlertQuery query, CancellationToken ct)
    {
        if (Labels.Read(label) is not { } labels)
            return Problems.Refused([Labels.Fault], StatusCodes.Status400BadRequest);
        var (alerts, next) = await query.Page(new AlertFilter
        {
            Rule = rule, Kind = kind, Source = source, Severity = severity, Category = category, AssignedTo = assignedTo,
            IsAcknowledged = acknowledged, IsShadow = shadow ?? false, Labels = labels,
        }, after, Math.Clamp(limit ?? UsualPage, 1, LongestPage), ct);
        return Results.Ok(new Page<RaisedAlert>(alerts, next?.ToString(CultureInfo.InvariantCulture)));
    }

    static async Task<IResult> Show(Guid id, RaisedAlertQuery query, CancellationToken ct)
    {
        // The alert last: it then shows all that the notes say of it.
        var notes = await query.Life(id, ct);
        var alert = await query.Find(id, ct);
        return alert is null && notes.Count == 0
            ? Problems.NotFound($"No alert {id} is raised, and nobody has done anything with one of that id.")
            : Results.Ok(new AlertAndNotes(id, alert, notes));
    }

    static async Task<IResult> Notes(string? what, string? by, DateTimeOffset? from, DateTimeOffset? to, string? after, int? limit,
        RaisedAlertQuery query, CancellationToken ct)
    {
        var place = after is null ? null : NotePlace.Read(after);
        if (after is not null && place is null)
            return Problems.Refused(["after is what next said"], StatusCodes.Status400BadRequest);
        var (deeds, next) = await query.Deeds(new DeedFilter(what, by, from, to), place, Math.Clamp(limit ?? UsualPage, 1, LongestPage), ct);
        return Results.Ok(new Page<PastDeed>(deeds, next?.ToString()));
    }

    static async Task<IResult> Send<T>(Guid id, Order order, RaisedAlertQuery query, IBus bus, T command, CancellationToken ct) where T : class
    {
        if (order.Faults().ToList() is { Count: > 0 } faults)
            return Problems.Refused(faults);
        if (await query.HasObeyed(id, order.CommandId, ct))
            return Results.Ok(new CommandAnswer(id, order.CommandId, IsDone: true));
        if (await query.Find(id, ct) is null)
            return Problems.NotFound($"No alert {id} is raised.");
        await bus.PublishInTime(command, ct);
        return Results.Accepted(null, new CommandAnswer(id, order.CommandId, IsDone: false));
    }
}

/// <summary>An alert, and what people did with it.</summary>
/// <param name="AlertId">Its identity.</param>
/// <param name="Alert">What it is; null when it is over.</param>
/// <param name="Notes">What people did, the oldest first.</param>
internal sealed record AlertAndNotes(Guid AlertId, RaisedAlert? Alert, IReadOnlyList<AlertDeed> Notes);

/// <summary>What became of a command.</summary>
/// <param name="AlertId">The alert's.</param>
/// <param name="CommandId">The command's.</param>
/// <param name="IsDone">Whether it was obeyed already; else the evaluators are told, and obey at once.</param>
internal sealed record CommandAnswer(Guid AlertId, Guid CommandId, bool IsDone);

/// <summary>What a person wants done with an alert.</summary>
/// <param name="CommandId">Identity of the command, made up by the caller: one that comes again is the same.</param>
/// <param name="By">Who.</param>
internal abstract record Order(Guid CommandId, string By)
{
    /// <summary>What is wrong with it.</summary>
    public virtual IEnumerable<string> Faults()
    {
        if (CommandId == Guid.Empty)
            yield return "commandId is empty: make one up, and say the same when the command is sent again";
        if (!CommandLimits.IsName(By))
            yield return $"by is who does it, in 1 to {CommandLimits.LongestName} characters";
    }

    protected static IEnumerable<string> FaultsOf(string? comment, bool isNeeded = false)
    {
        if (!CommandLimits.IsComment(comment) || isNeeded && string.IsNullOrWhiteSpace(comment))
            yield return $"comment has {(isNeeded ? "1 to" : "at most")} {CommandLimits.LongestComment:#,0} characters";
    }
}

/// <summary>Somebody takes it on.</summary>
internal sealed record AcknowledgeOrder(Guid CommandId, string By, string? Comment = null) : Order(CommandId, By)
{
    public override IEnumerable<string> Faults() => base.Faults().Concat(FaultsOf(Comment));
}

/// <summary>Somebody says something about it, or why it is closed.</summary>
internal sealed record CommentOrder(Guid CommandId, string By, string Comment) : Order(CommandId, By)
{
    public override IEnumerable<string> Faults() => base.Faults().Concat(FaultsOf(Comment, isNeeded: true));
}

/// <summary>Somebody makes it somebody's task; nobody's, when no name is given.</summary>
internal sealed record AssignOrder(Guid CommandId, string By, string? To = null, string? Comment = null) : Order(CommandId, By)
{
    public override IEnumerable<string> Faults() => base.Faults().Concat(FaultsOf(Comment))
        .Concat(To is null || CommandLimits.IsName(To) ? [] : [$"to is a name of 1 to {CommandLimits.LongestName} characters"]);
}

/// <summary>Somebody wants to hear no more of it until a time, or until it is cleared; or to hear of it again.</summary>
internal sealed record SnoozeOrder(Guid CommandId, string By, DateTimeOffset? Until = null, bool Ends = false, string? Comment = null)
    : Order(CommandId, By)
{
    public override IEnumerable<string> Faults() => base.Faults().Concat(FaultsOf(Comment))
        .Concat(Ends && Until is not null ? ["say either until or ends"] : []);
}
