using System.Text.Json;
using Microsoft.Extensions.Options;
using Sigma.Fetcher.Events;
using Sigma.Segware;

namespace Sigma.UnitTests.Fetcher;

public sealed class Time_of_an_event
{
    static readonly DateTimeOffset NineInTheEvening = new(2026, 11, 20, 21, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("\"2026-11-20T21:00:00.000Z\"")]
    [InlineData("\"2026-11-20T21:00:00Z\"")]
    [InlineData("\"2026-11-20T18:00:00.000-03:00\"")]
    [InlineData("\"2026-11-20T21:00:00.000+0000\"")]
    [InlineData("\"2026-11-20T18:00:00-03\"")]
    [InlineData("\"2026-11-20 21:00:00Z\"")]
    [InlineData("1795208400000")]
    [InlineData("\"1795208400000\"")]
    [InlineData("1795208400")]
    [InlineData("1795208400.0")]
    public void Is_read_from_any_form_that_names_one_instant(string json) =>
        Assert.Equal(NineInTheEvening, Read($$"""{"eventDate":{{json}}}""").Time);

    [Theory]
    [InlineData("\"2026-11-20T21:00:00\"")]
    [InlineData("\"20/11/2026 18:00\"")]
    [InlineData("\"2026-11-20\"")]
    [InlineData("20261120210000")]
    [InlineData("17")]
    [InlineData("\"soon\"")]
    public void Is_not_guessed_at(string json)
    {
        var (time, unusable) = Read($$"""{"eventDate":{{json}}}""");

        Assert.Null(time);
        Assert.StartsWith("eventDate = ", unusable);
    }

    [Fact]
    public void Comes_from_the_first_field_that_can_be_placed() =>
        Assert.Equal(NineInTheEvening, Read("""{"timestamp":1,"date":"2026-11-20T21:00:00Z","eventDate":null}""").Time);

    [Fact]
    public void Is_absent_without_complaint_when_no_field_has_it() => Assert.Equal((null, null), Read("""{"accountId":1}"""));

    static (DateTimeOffset? Time, string? Unusable) Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var time = new EventTime(Options.Create(new SegwareOptions())).Of(document.RootElement, out var unusable);
        return (time, unusable);
    }
}
