using System.Globalization;
using Sigma.OperatorConsole.Pages.Parts;

namespace Sigma.UnitTests.Console.Pages;

public sealed class Charts_of_values
{
    static readonly DateTimeOffset From = new(2026, 11, 20, 19, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_limit_is_in_the_chart_though_no_value_reaches_it()
    {
        ChartScale chart = new([new(From, 1), new(From.AddHours(2), 3)], [], 20);
        Assert.InRange(Number(chart.Y(20)), 10, 180);
        Assert.True(Number(chart.Y(20)) < Number(chart.Y(3)));
        Assert.True(chart.Marks[^1] >= 20);
        Assert.Equal(0, chart.Marks[0]);
    }

    [Fact]
    public void Numbers_have_points_whatever_the_language()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("pt-BR");
            ChartScale chart = new([new(From, 0.25), new(From.AddMinutes(7), 1.5), new(From.AddHours(1), 0.75)], [new(From, 0.5)], 1.2);
            Assert.DoesNotContain(",", $"{chart.Line}{chart.Area}{chart.Y(0.33)}{chart.X(From.AddMinutes(3))}");
            Assert.All(chart.BarsDrawn, bar => Assert.DoesNotContain(",", $"{bar}".Replace(", ", "", StringComparison.Ordinal)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(0, 0), InlineData(-5, -1), InlineData(-5, 5), InlineData(1e12, 2e12), InlineData(1e-9, 2e-9)]
    public void Any_values_have_a_place(double one, double other)
    {
        ChartScale chart = new([new(From, one), new(From.AddSeconds(1), other)], [], null);
        Assert.InRange(Number(chart.Y(one)), 9, 181);
        Assert.InRange(Number(chart.Y(other)), 9, 181);
        Assert.InRange(chart.Marks.Count, 2, 12);
    }

    [Fact]
    public void What_is_no_number_is_left_out()
    {
        ChartScale chart = new([new(From, double.NaN), new(From, 1), new(From.AddHours(1), double.PositiveInfinity)], [], double.NaN);
        Assert.DoesNotContain("NaN", chart.Line);
        Assert.DoesNotContain("∞", chart.Line);
    }

    [Theory]
    [InlineData(0, "0 s"), InlineData(59.9, "59 s"), InlineData(60, "1 min"), InlineData(61, "1 min 1 s"), InlineData(600, "10 min"),
        InlineData(615, "10 min"), InlineData(3600, "1 h"), InlineData(3660, "1 h 1 min"), InlineData(86_400, "1 d"), InlineData(273_600, "3 d 4 h")]
    public void A_duration_is_said_by_its_two_largest_units(double seconds, string text) =>
        Assert.Equal(text, PageTime.Span(TimeSpan.FromSeconds(seconds)));

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
