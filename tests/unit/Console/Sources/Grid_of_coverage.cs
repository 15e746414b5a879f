using Microsoft.Extensions.Options;
using Sigma.OperatorConsole;
using Sigma.OperatorConsole.Services;
using Sigma.OperatorConsole.Silences;
using Sigma.OperatorConsole.Sources;

namespace Sigma.UnitTests.Console.Sources;

public sealed class Grid_of_coverage
{
    static readonly StationTime Clock = new(Options.Create(new ConsoleOptions()));

    [Fact]
    public void Has_a_row_an_hour_the_newest_first_and_what_is_alike_in_one()
    {
        var grid = CoverageGrid.Of(
            [Range("10:30", "12:10", "covered"), Range("12:10", "12:15", "missing"), Range("12:15", "13:00", "pending")], Clock);

        Assert.Equal([At("12:00"), At("11:00"), At("10:00")], grid.Select(hour => hour.At));
        Assert.Equal([(0, 10, "covered"), (10, 5, "missing"), (15, 45, "pending")], Cells(grid[0]));
        Assert.Equal([(0, 60, "covered")], Cells(grid[1]));
        Assert.Equal([(30, 30, "covered")], Cells(grid[2]));
    }

    [Fact]
    public void Has_the_hours_of_a_zone_that_is_half_an_hour_beside_the_others()
    {
        StationTime india = new(Options.Create(new ConsoleOptions { TimeZone = "Asia/Kolkata" }));
        var grid = CoverageGrid.Of([Range("10:30", "11:30", "covered")], india);
        Assert.Equal([(0, 60, "covered")], Cells(Assert.Single(grid)));
    }

    [Fact]
    public void Says_by_a_letter_too_what_is_not_well()
    {
        var letters = CoverageState.All.ToDictionary(state => state, CoverageGrid.Letter);
        Assert.Equal("", letters[CoverageState.Covered]);
        Assert.Equal(letters.Count, letters.Values.Distinct().Count());
    }

    static IEnumerable<(int, int, string)> Cells(CoverageHour hour) => hour.Cells.Select(cell => (cell.Minute, cell.Minutes, cell.Range.State));

    static CoverageRange Range(string from, string to, string state) => new() { From = At(from), To = At(to), State = state };

    static DateTimeOffset At(string time) => DateTimeOffset.Parse($"2026-11-30T{time}:00Z", null);
}
