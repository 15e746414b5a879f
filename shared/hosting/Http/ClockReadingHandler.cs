using Sigma.Hosting.Time;

namespace Sigma.Hosting.Http;

/// <summary>What an API's clock showed: <paramref name="Date"/>, to the second, at some moment between the question and the answer.</summary>
/// <param name="Date">The answer's <c>Date</c>.</param>
/// <param name="Asked">When the question left, by our clock.</param>
/// <param name="Answered">When the answer began to come.</param>
public sealed record ClockReading(DateTimeOffset Date, DateTimeOffset Asked, DateTimeOffset Answered);

/// <summary>Reads the API's clock from the Date of each response. A cached one (<c>Age</c>) says nothing.</summary>
internal sealed class ClockReadingHandler(TimeProvider time, Action<ClockReading> read) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var asked = time.GetUtcNow();
        var answer = await base.SendAsync(request, ct);
        if (answer.Headers.Date is not { } date || answer.Headers.Age > TimeSpan.Zero)
            return answer;
        (time as HoldoverClock)?.Witness(date);
        read(new(date, asked, time.GetUtcNow()));
        return answer;
    }
}
