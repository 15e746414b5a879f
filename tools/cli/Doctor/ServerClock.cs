using System.Globalization;

namespace Sigma.Cli.Doctor;

/// <summary>
/// The time on the other machine, as the <c>Date</c> of its last answer tells: to the second, and at some moment between the question and the answer.
/// </summary>
internal sealed class ServerClock
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How much this machine's clock is ahead of the other's at least, negative when it is behind; null when there was no answer that tells.
    /// </summary>
    public TimeSpan? Ahead { get; private set; }

    /// <summary>
    /// How much a clock is ahead of one that showed from <paramref name="earliest"/> to <paramref name="latest"/> at some moment between these two.
    /// </summary>
    public static TimeSpan AheadOf(DateTimeOffset earliest, DateTimeOffset latest, DateTimeOffset asked, DateTimeOffset answered) =>
        asked > latest ? asked - latest : answered < earliest ? answered - earliest : TimeSpan.Zero;

    /// <summary>How that is said: "12 s ahead of".</summary>
    public static string Text(TimeSpan ahead) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{(ahead.Duration() < TimeSpan.FromMinutes(10) ? $"{ahead.Duration().TotalSeconds:0} s" : $"{ahead.Duration().TotalMinutes:0} min")} "
                + $"{(ahead > TimeSpan.Zero ? "ahead of" : "behind")}");

    /// <summary>Reads the clock off each answer that passes.</summary>
    internal sealed class Reading(ServerClock clock, TimeProvider time) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
        {
            var asked = time.GetUtcNow();
            var answer = await base.SendAsync(request, ct);
            if (answer.Headers.Date is { } date)
                clock.Ahead = AheadOf(date, date + Second, asked, time.GetUtcNow());
            return answer;
        }
    }
}
