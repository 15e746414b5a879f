using System.Net;
using Polly.CircuitBreaker;
using Sigma.Fetcher.Publishing;
using Sigma.Hosting.Http;

namespace Sigma.Fetcher.Polling;

/// <summary>Ends a poll early when further calls would fail too: the slices left stay wanted and are the next poll's work.</summary>
internal sealed class PollStop(int failuresInARow)
{
    readonly Lock _lock = new();
    int _failures;

    /// <summary>Why the poll ends; null while it goes on.</summary>
    public string? Reason { get; private set; }

    /// <summary>When Segware wants to be asked again, if it said so.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    /// <summary>Ends the poll, or keeps it from beginning, for a reason that is no failure of a call.</summary>
    public void Stop(string reason)
    {
        lock (_lock)
            Reason ??= reason;
    }

    public void Answered()
    {
        lock (_lock)
            _failures = 0;
    }

    /// <summary>Whether the failure says something about the slice: one that holds for every call does not.</summary>
    public bool ConcernsSlice(Exception e)
    {
        lock (_lock)
        {
            if (General(e) is { } general)
            {
                Reason ??= general;
                RetryAfter ??= (e as ApiException)?.RetryAfter;
                return false;
            }
            if (ApiPipeline.IsTransient(e) && ++_failures >= failuresInARow)
                Reason ??= $"{_failures} calls in a row failed";
            return true;
        }
    }

    static string? General(Exception e) => e switch
    {
        ApiException { Status: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } refused => $"Segware refuses the token: {refused.Message}",
        ApiException { RetryAfter: { } wait } => $"Segware asks to wait {wait.TotalSeconds:0} s",
        BrokenCircuitException => "Segware has failed too often, the circuit is open",
        BrokerUnavailableException away => $"the broker has not confirmed a message: {away.Message}",
        _ => null,
    };
}
