using Sigma.OperatorConsole.Rules;
using Sigma.OperatorConsole.Services;

namespace Sigma.UnitTests.Console.Rules;

public sealed class Backtests_beside_what_was
{
    static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    static readonly TimeZoneInfo Zone = TimeZoneInfo.CreateCustomTimeZone("three behind", TimeSpan.FromHours(-3), null, null);

    [Fact]
    public void Episodes_of_one_key_that_overlap_stand_in_one_row()
    {
        var report = Report(Would("1", 0, 30), Would("1", 60, 90), Would("2", 0, null));
        var rows = report.Compare([Did("1", 10, 20), Did("2", 500, null), Did("3", 5, 6)]);

        Assert.Equal(["1 60 -", "3 - 5", "1 0 10", "2 0 500"], rows.OrderByDescending(row => row.At).ThenBy(row => row.Labels["account"])
            .Select(row => $"{row.Labels["account"]} {Minute(row.Would?.RaisedAt)} {Minute(row.Did?.RaisedAt)}"));
    }

    [Fact]
    public void Each_day_of_the_tried_time_is_there_by_the_clock_of_the_station()
    {
        var report = Report(Would("1", -12 * 60, null), Would("2", 0, null), Would("3", 16 * 60, null));
        report.Take(new BacktestSummary { From = Noon.AddDays(-1), To = Noon.AddDays(1) });

        Assert.Equal([new(new(2026, 11, 19), 1, 0), new(new(2026, 11, 20), 1, 2), new(new(2026, 11, 21), 1, 0)],
            report.Days([Did("1", 0, 1), Did("2", 60, 61)], Zone).ToList());
    }

    [Fact]
    public void Without_covered_time_there_is_no_day()
    {
        BacktestReport report = new();
        report.Take(new BacktestProgress(5));
        report.Take(new BacktestSummary { Events = 7 });
        Assert.Equal(7, report.Events);
        Assert.Empty(report.Days([], Zone));
        Assert.Empty(report.Compare([]));
    }

    static BacktestReport Report(params BacktestAlert[] alerts)
    {
        BacktestReport report = new();
        foreach (var alert in alerts)
            report.Take(alert);
        return report;
    }

    static BacktestAlert Would(string account, int raised, int? cleared) => new()
    {
        Labels = Labels(account), RaisedAt = Noon.AddMinutes(raised), ClearedAt = cleared is { } minute ? Noon.AddMinutes(minute) : null, Most = 20,
    };

    static RuleEpisode Did(string account, int raised, int? cleared) => new(Guid.NewGuid(), Labels(account), Noon.AddMinutes(raised),
        cleared is { } minute ? Noon.AddMinutes(minute) : null);

    static Dictionary<string, string> Labels(string account) => new() { ["account"] = account };

    static string Minute(DateTimeOffset? at) => at is { } time ? $"{(time - Noon).TotalMinutes}" : "-";
}
