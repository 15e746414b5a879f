using System.Net;
using System.Net.Http.Headers;
using Sigma.Hosting.Http;

namespace Sigma.UnitTests.Hosting;

public sealed class Waits_that_an_API_asks_for
{
    static readonly DateTimeOffset Now = ManualClock.Noon;

    [Theory]
    [InlineData(20, 20)]
    [InlineData(2_592_000, 300)]
    [InlineData(0, null)]
    public async Task Are_bounded(int seconds, int? waits) =>
        Assert.Equal(waits, await Waits(new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds))));

    [Theory]
    [InlineData(20, 0, 20)]
    [InlineData(3600 + 20, 3600, 20)]
    [InlineData(-3600 + 20, -3600, 20)]
    [InlineData(20, null, 20)]
    [InlineData(86_400, 0, 300)]
    [InlineData(-20, 0, null)]
    public async Task As_a_date_are_measured_by_the_clock_of_the_answer(int inSeconds, int? clockAhead, int? waits) =>
        Assert.Equal(waits,
            await Waits(new RetryConditionHeaderValue(Now.AddSeconds(inSeconds)), clockAhead is { } ahead ? Now.AddSeconds(ahead) : null));

    static async Task<int?> Waits(RetryConditionHeaderValue header, DateTimeOffset? date = null)
    {
        using HttpResponseMessage response = new(HttpStatusCode.ServiceUnavailable);
        (response.Headers.RetryAfter, response.Headers.Date) = (header, date);
        return (int?)(await ApiException.From(response, new ApiResilience(), new ManualClock { Now = Now },
            CancellationToken.None)).RetryAfter?.TotalSeconds;
    }
}
