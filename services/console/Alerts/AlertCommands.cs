using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using Sigma.Contracts;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Audit;
using Sigma.OperatorConsole.Board;
using Sigma.Storage;
using Sigma.Storage.Outbox;

namespace Sigma.OperatorConsole.Alerts;

/// <summary>
/// What people do with alerts. A command goes to the evaluators, who obey it once, whatever happens here; that it was given stands in the audit log,
/// in one transaction with the message.
/// </summary>
public sealed class AlertCommands
{
    /// <summary>Alerts of one bulk command.</summary>
    public const int MostAlerts = 500;

    // So many are known to be given: the evaluators know all of them.
    const int Remembered = 10_000;

    readonly Database _database;
    readonly AlertQuery _alerts;
    readonly AuditLog _audit;
    readonly OutboxSender _outbox;
    readonly TimeProvider _time;
    readonly ConcurrentDictionary<Guid, bool> _given = new();

    internal AlertCommands(Database database, AlertQuery alerts, AuditLog audit, OutboxSender outbox, TimeProvider time) =>
        (_database, _alerts, _audit, _outbox, _time) = (database, alerts, audit, outbox, time);

    /// <summary>Takes an alert on.</summary>
    public Task<CommandOutcome> Acknowledge(Guid alert, string? comment, Guid commandId, Caller caller, CancellationToken ct) =>
        Give("alert.acknowledge", alert, commandId, caller, Fault(comment), new { comment, commandId }, new AcknowledgeAlert
        {
            CommandId = commandId, AlertId = alert, By = caller.Name, Comment = Said(comment),
        }, ct);

    /// <summary>Takes many on. Those that are over, or that the caller may not see, are left out.</summary>
    public async Task<BulkOutcome> Acknowledge(IReadOnlyList<Guid> alerts, string? comment, Guid commandId, Caller caller, CancellationToken ct)
    {
        caller.Demand(Role.Operator);
        if (alerts.Count > MostAlerts)
            return new(CommandOutcome.TooMany, [], alerts);
        if (Fault(comment) is { } fault)
            return new(fault, [], alerts);
        List<(Guid Alert, AcknowledgeAlert Command)> given = [];
        List<Guid> left = [];
        foreach (var alert in alerts.Distinct())
        {
            if (await _alerts.Find(alert, caller, ct) is { IsRaised: true, Shadow: false })
                given.Add((alert, new AcknowledgeAlert
                {
                    CommandId = Ids.From("acknowledge", $"{commandId:N}", $"{alert:N}"), AlertId = alert, By = caller.Name, Comment = Said(comment),
                }));
            else
                left.Add(alert);
        }
        await Send("alert.acknowledge", given.FindAll(one => !_given.ContainsKey(one.Command.CommandId)), caller, new { comment, commandId }, ct);
        foreach (var (_, command) in given)
            Remember(command.CommandId);
        return new(CommandOutcome.Sent, given.ConvertAll(one => one.Alert), left);
    }

    /// <summary>Says something about an alert.</summary>
    public Task<CommandOutcome> Comment(Guid alert, string comment, Guid commandId, Caller caller, CancellationToken ct) =>
        Give("alert.comment", alert, commandId, caller, Fault(comment, isNeeded: true), new { comment, commandId }, new CommentAlert
        {
            CommandId = commandId, AlertId = alert, By = caller.Name, Comment = comment,
        }, ct);

    /// <summary>Makes it somebody's task; nobody's, without a name.</summary>
    public Task<CommandOutcome> Assign(Guid alert, string? to, string? comment, Guid commandId, Caller caller, CancellationToken ct)
    {
        to = Said(to);
        return Give("alert.assign", alert, commandId, caller,
            Fault(comment) ?? (to is { Length: > AlertLimits.Person } ? CommandOutcome.NameInvalid : null), new { to, comment, commandId },
            new AssignAlert { CommandId = commandId, AlertId = alert, By = caller.Name, To = to, Comment = Said(comment) }, ct);
    }

    /// <summary>Has nobody told of it for a while; without an end until it is cleared.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="until">Until when.</param>
    /// <param name="ends">Ends the snooze instead.</param>
    /// <param name="comment">Why.</param>
    /// <param name="commandId">Identity of the command.</param>
    /// <param name="caller">Who wants it.</param>
    /// <param name="ct">Ends it.</param>
    public Task<CommandOutcome> Snooze(Guid alert, DateTimeOffset? until, bool ends, string? comment, Guid commandId, Caller caller,
        CancellationToken ct) =>
        Give("alert.snooze", alert, commandId, caller,
            Fault(comment) ?? (ends ? until is not null : until <= _time.GetUtcNow()) switch { true => CommandOutcome.TimeInvalid, _ => null },
            new { until, ends, comment, commandId }, new SnoozeAlert
            {
                CommandId = commandId, AlertId = alert, By = caller.Name, Comment = Said(comment),
                Until = ends ? DateTimeOffset.UnixEpoch : until,
            }, ct);

    /// <summary>Ends it, whatever its rule says.</summary>
    public Task<CommandOutcome> Close(Guid alert, string comment, Guid commandId, Caller caller, CancellationToken ct) =>
        Give("alert.close", alert, commandId, caller, Fault(comment, isNeeded: true), new { comment, commandId }, new CloseAlert
        {
            CommandId = commandId, AlertId = alert, By = caller.Name, Comment = comment,
        }, ct);

    async Task<CommandOutcome> Give<T>(string what, Guid alert, Guid commandId, Caller caller, CommandOutcome? fault, object said, T command,
        CancellationToken ct) where T : class
    {
        caller.Demand(Role.Operator);
        // Of one that the caller may not see nothing is said, also not that a comment is too long.
        if (await _alerts.Find(alert, caller, ct) is not { } found)
            return CommandOutcome.NotFound;
        if (fault is { } wrong)
            return wrong;
        if (commandId == Guid.Empty)
            return CommandOutcome.CommandIdMissing;
        if (_given.ContainsKey(commandId))
            return CommandOutcome.Sent;
        if (!found.IsRaised || found.Shadow)
            return CommandOutcome.Over;
        await Send(what, [(alert, command)], caller, said, ct);
        Remember(commandId);
        return CommandOutcome.Sent;
    }

    async Task Send<T>(string what, List<(Guid Alert, T Command)> given, Caller caller, object said, CancellationToken ct) where T : class
    {
        if (given.Count == 0)
            return;
        await using var session = await _database.Begin(ct);
        foreach (var (alert, command) in given)
        {
            await _audit.Write(session, caller, what, alert.ToString(), null, said, ct);
            await _outbox.Publish(session, command, alert, ct);
        }
        await _outbox.Commit(session, ct);
    }

    void Remember(Guid command)
    {
        if (_given.Count >= Remembered)
            _given.Clear();
        _given[command] = true;
    }

    static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    static CommandOutcome? Fault(string? comment, bool isNeeded = false) =>
        comment is { Length: > AlertLimits.Comment } ? CommandOutcome.CommentTooLong
        : isNeeded && string.IsNullOrWhiteSpace(comment) ? CommandOutcome.CommentMissing : null;
}

/// <summary>What became of a command.</summary>
[JsonConverter(typeof(CamelCaseEnum<CommandOutcome>))]
public enum CommandOutcome
{
    /// <summary>The evaluators are told, and obey within moments.</summary>
    Sent,

    /// <summary>There is no such alert, or the caller may not see it.</summary>
    NotFound,

    /// <summary>The alert is over, or its rule is tried out.</summary>
    Over,

    /// <summary>It needs a comment.</summary>
    CommentMissing,

    /// <summary>The comment has more than 1,000 characters.</summary>
    CommentTooLong,

    /// <summary>The name has more than 100 characters.</summary>
    NameInvalid,

    /// <summary>The time is past, or there is one although it is to end.</summary>
    TimeInvalid,

    /// <summary>The command has no identity.</summary>
    CommandIdMissing,

    /// <summary>There are more than 500 alerts.</summary>
    TooMany,
}

/// <summary>What became of a command about many alerts.</summary>
/// <param name="Outcome">Of the whole.</param>
/// <param name="Sent">The alerts of which the evaluators are told.</param>
/// <param name="Left">Those that are over, or that the caller may not see.</param>
public sealed record BulkOutcome(CommandOutcome Outcome, IReadOnlyList<Guid> Sent, IReadOnlyList<Guid> Left);
