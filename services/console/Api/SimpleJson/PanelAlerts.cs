using System.Text.Json.Nodes;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Board;

namespace Sigma.OperatorConsole.Api.SimpleJson;

/// <summary>The alerts that somebody may see, as panels show them.</summary>
internal sealed class PanelAlerts(RaisedAlerts board, HistoryQuery history, TimeProvider time)
{
    /// <summary>The target that means them.</summary>
    public const string Target = "alerts";

    const int MostRows = 1_000;

    static readonly IReadOnlyList<GrafanaColumn> Columns =
    [
        new("Raised", "time"), new("Severity", "string"), new("Rule", "string"), new("Source", "string"), new("Account", "string"),
        new("Company", "string"), new("Summary", "string"), new("Value", "number"), new("Acknowledged by", "string"), new("Assigned to", "string"),
        new("Alert", "string"),
    ];

    /// <summary>Those that are raised now, the newest first: a table, or how many there are.</summary>
    public GrafanaAnswer Raised(bool asTable, AdhocFilters filters, Caller caller)
    {
        var alerts = All(caller).Where(alert => filters.Fit(alert.Field));
        return asTable ? new GrafanaAnswer { Type = "table", Columns = Columns, Rows = [.. alerts.Take(MostRows).Select(Row)] }
            : new GrafanaAnswer { Target = Target, Datapoints = [[alerts.Count(), time.GetUtcNow().ToUnixTimeMilliseconds()]] };
    }

    /// <summary>All that are raised now, the newest first.</summary>
    public IReadOnlyList<AlertView> All(Caller caller) => board.Find(new BoardFilter { Sort = BoardSort.Newest }, caller).Rows;

    /// <summary>The newest that were raised within a time, over or not, each as long as it lasted.</summary>
    public async Task<IReadOnlyList<GrafanaRegion>> Regions(HistoryFilter filter, PanelRange range, Caller caller, CancellationToken ct)
    {
        var found = await history.Page(filter with { From = range.From, To = range.To, OldestFirst = false }, null, MostRows, caller, ct);
        var now = time.GetUtcNow();
        return [.. found.Items.Select(alert => Region(alert, now))];
    }

    static GrafanaRegion Region(AlertView alert, DateTimeOffset now)
    {
        var (from, to) = (alert.RaisedAt.ToUnixTimeMilliseconds(), (alert.ClearedAt ?? now).ToUnixTimeMilliseconds());
        return new(from, Math.Max(from, to), true, alert.Rule, alert.Summary ?? Account(alert) ?? "",
            [alert.Severity, alert.Source, .. alert.Labels.OrderBy(label => label.Key, StringComparer.Ordinal)
                .Select(label => $"{label.Key}={label.Value}")]);
    }

    static IReadOnlyList<JsonNode?> Row(AlertView alert) =>
    [
        alert.RaisedAt.ToUnixTimeMilliseconds(), alert.Severity, alert.Rule, alert.Source, Account(alert), alert.Company, alert.Summary,
        alert.Value is { } value && double.IsFinite(value) ? value : null, alert.AcknowledgedBy, alert.AssignedTo, alert.AlertId.ToString(),
    ];

    static string? Account(AlertView alert) => alert.TradeName ?? alert.AccountCode ?? alert.Labels.GetValueOrDefault(BoardFields.Account);
}
