using Sigma.Contracts;

namespace Sigma.BrowserTests;

/// <summary>Alerts as an evaluator raises them.</summary>
internal static class Alerts
{
    public static AlertRaised Of(string account, DateTimeOffset at, string severity = "warning", string rule = "excess-of-events") => new()
    {
        AlertId = Guid.NewGuid(), Rule = rule, Severity = severity, Source = "segware",
        Labels = new Dictionary<string, string> { ["account"] = account, ["cuc"] = "ALR", ["code"] = "E130" }, Count = 23, Threshold = 20,
        WindowFrom = at.AddHours(-2), WindowTo = at, FirstEventAt = at.AddHours(-1), LastEventAt = at, Value = 23, Limit = 20, Unit = "events",
        Since = at.AddHours(-1), RaisedAt = at,
    };
}
