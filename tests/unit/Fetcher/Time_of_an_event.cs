using System.Text.Json;
using Microsoft.Extensions.Options;
using Sigma.Fetcher.Coverage;
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

    [Theory]
    [InlineData("\"2000-01-01T00:00:00Z\"", "2000-01-01T00:00:00Z")]
    [InlineData("\"2099-11-20T21:00:00Z\"", "2099-11-20T21:00:00Z")]
    [InlineData("\"2026-11-20T21:20:00Z\"", "2026-11-20T21:20:00Z")]
    [InlineData("\"2026-11-20T20:40:00Z\"", "2026-11-20T20:40:00Z")]
    [InlineData("\"0001-01-01T00:00:00+14:00\"", null)]
    [InlineData("\"9999-12-31T23:59:59-14:00\"", null)]
    [InlineData("\"9999-12-31T23:59:59Z\"", "9999-12-31T23:59:59Z")]
    [InlineData("1e300", null)]
    [InlineData("79228162514264337593543950335", null)]
    [InlineData("4102444800000", "4102444800000")]
    [InlineData("\"20261120T21:00:00Z\"", null)]
    public void Far_from_the_slice_is_not_believed_and_the_next_field_that_fits_is(string json, string? reported)
    {
        var alone = Read(Around(NineInTheEvening), $$"""{"eventDate":{{json}}}""");
        var beside = Read(Around(NineInTheEvening),
            $$"""{"eventDate":{{json}},"date":"2026-11-19T00:00:00Z","receivedDate":"2026-11-20T21:00:00Z"}""");

        Assert.Null(alone.Fitting);
        Assert.Equal(reported ?? json.Trim('"'), alone.Reported);
        Assert.Equal((NineInTheEvening, reported ?? "2026-11-19T00:00:00Z"), (beside.Fitting, beside.Reported));
    }

    [Theory, InlineData("20:50:00Z"), InlineData("21:11:00Z")]
    public void Near_the_slice_is_believed(string time)
    {
        var read = Read(Around(NineInTheEvening), $$"""{"eventDate":"2026-11-20T{{time}}"}""");

        Assert.Equal(read.Own, read.Fitting);
        Assert.Null(read.Reported);
    }

    static Slice Around(DateTimeOffset time) => new(time.ToUnixTimeMilliseconds(), time.AddMinutes(1).ToUnixTimeMilliseconds());

    static ReadTime Read(Slice slice, string json)
    {
        using var document = JsonDocument.Parse(json);
        return new EventTime(Options.Create(new SegwareOptions())).Of(document.RootElement, slice);
    }

    static (DateTimeOffset? Time, string? Unusable) Read(string json)
    {
        var read = Read(Around(NineInTheEvening), json);
        return (read.Fitting, read.Unusable);
    }
}
