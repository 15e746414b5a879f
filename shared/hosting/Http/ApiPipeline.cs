using System.ComponentModel.DataAnnotations;
using System.Net;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using Sigma.Hosting.Settings;

namespace Sigma.Hosting.Http;

/// <summary>Time-out, retry and circuit breaker settings of an outside API.</summary>
public sealed class ApiResilience
{
    /// <summary>Limit of one try, from the request to the last byte of the answer.</summary>
    [Duration("00:00:00.1", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>Tries after the first.</summary>
    [Range(0, 20)]
    public int Retries { get; set; } = 3;

    /// <summary>Wait before the first retry; it doubles, with jitter.</summary>
    [Duration("00:00:00.001", "00:05:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest <c>Retry-After</c> that is waited for within a call; a longer one ends the call.</summary>
    [Duration("00:00:00", "00:10:00")]
    public TimeSpan LongestRetryAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest <c>Retry-After</c> that is honoured, within a call and between calls; a longer one counts as this one.</summary>
    [Duration("00:00:01", "01:00:00")]
    public TimeSpan RetryAfterLimit { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Consecutive-window failures after which calls fail at once for <see cref="BreakFor"/>.</summary>
    [Range(2, 1000)]
    public int BreakAfter { get; set; } = 10;

    /// <summary>How long the circuit stays open.</summary>
    [Duration("00:00:00.5", "00:10:00")]
    public TimeSpan BreakFor { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>Polly's time-out, retry and circuit breaker around a whole call: request, answer and the reading of it.</summary>
public static class ApiPipeline
{
    /// <summary>Retries what <see cref="ApiException.IsTransient"/> and broken connections; obeys <c>Retry-After</c>.</summary>
    public static ResiliencePipeline Create(ApiResilience resilience, TimeProvider time, bool retry = true)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        var transient = new PredicateBuilder().Handle<Exception>(IsTransient);
        if (retry && resilience.Retries > 0)
            builder.AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<Exception>(e => IsTransient(e) && (e as ApiException)?.RetryAfter is not { } wait
                    || e is ApiException { RetryAfter: { } asked } && asked <= resilience.LongestRetryAfter),
                MaxRetryAttempts = resilience.Retries,
                Delay = resilience.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as ApiException)?.RetryAfter),
            });
        return builder
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = transient,
                FailureRatio = 0.9,
                MinimumThroughput = resilience.BreakAfter,
                SamplingDuration = TimeSpan.FromSeconds(60),
                BreakDuration = resilience.BreakFor,
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = resilience.Timeout })
            .Build();
    }

    /// <summary>Whether the same call may well succeed later.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        ApiException e => e.IsTransient,
        HttpRequestException or IOException or TimeoutRejectedException or System.Text.Json.JsonException => true,
        _ => false,
    };
}

/// <summary>An API answered something other than what was asked for.</summary>
public sealed class ApiException(string message, HttpStatusCode? status = null, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception(message, inner)
{
    const int LongestBody = 2000;

    /// <summary>The answer's status, if there was an answer.</summary>
    public HttpStatusCode? Status => status;

    /// <summary>When the API wants to be asked again.</summary>
    public TimeSpan? RetryAfter => retryAfter;

    /// <summary>408, 429 and 5xx, a redirect, or an answer that could not be read or takes its own 2xx back.</summary>
    public bool IsTransient => status is null or < HttpStatusCode.BadRequest or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        or >= HttpStatusCode.InternalServerError;

    /// <summary>
    /// An answer's failure with the beginning of its body, which is bounded and may not be JSON. Of <paramref name="secrets"/>, which it may repeat,
    /// nothing is kept.
    /// </summary>
    public static async Task<ApiException> From(HttpResponseMessage response, ApiResilience resilience, TimeProvider time, CancellationToken ct,
        params IEnumerable<string> secrets) =>
        From(response, (int)response.StatusCode is >= 300 and < 400 ? RedirectTarget.Text(response) : await ReadStart(response, ct), resilience,
            time, secrets);

    /// <summary>The same of an answer whose body has been read.</summary>
    public static ApiException From(HttpResponseMessage response, string body, ApiResilience resilience, TimeProvider time,
        params IEnumerable<string> secrets)
    {
        foreach (var secret in secrets.Where(s => s.Length > 0))
            body = body.Replace(secret, "…", StringComparison.OrdinalIgnoreCase);
        body = (body.Length > LongestBody ? body[..LongestBody] : body).ReplaceLineEndings(" ");
        return new ApiException($"{(int)response.StatusCode} {response.ReasonPhrase}: {body}".TrimEnd(' ', ':'), response.StatusCode,
            RetryAfterOf(response, resilience, time));
    }

    /// <summary>Bounded: an API that asks for a month would not be called until somebody restarts the process.</summary>
    static TimeSpan? RetryAfterOf(HttpResponseMessage response, ApiResilience resilience, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        // A date is one of the API's own clock, which the answer shows.
        var after = header?.Delta ?? (header?.Date is { } date ? date - (response.Headers.Date ?? time.GetUtcNow()) : null);
        return after is not { } wait || wait <= TimeSpan.Zero ? null : wait < resilience.RetryAfterLimit ? wait : resilience.RetryAfterLimit;
    }

    /// <summary>The first part of a body, on one line.</summary>
    public static async Task<string> ReadStart(HttpResponseMessage response, CancellationToken ct, int limit = LongestBody)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[limit];
        var read = await stream.ReadAtLeastAsync(buffer, limit, throwOnEndOfStream: false, ct);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, read).ReplaceLineEndings(" ").Trim();
    }
}
