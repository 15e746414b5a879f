using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace Sigma.Gateway.Liveness;

/// <summary>
/// This process's time in slices. A request belongs to the slice in which it was received, and so does the news of it: the slice is reported once all
/// of its requests are answered, so that covered time holds all that was said in it.
/// </summary>
internal sealed class IntakeSlices
{
    const int SuffixDigits = 8;

    readonly Lock _lock = new();
    readonly TimeProvider _time;
    readonly IHttpContextAccessor _requests;
    IntakeSlice _current;

    public IntakeSlices(IOptions<GatewayOptions> options, IHttpContextAccessor requests, TimeProvider time)
    {
        (_time, _requests) = (time, requests);
        var name = options.Value.ProcessName is { Length: > 0 } set ? set : Environment.MachineName;
        // A process that starts anew must not go on with numbers of the one before.
        Gateway = $"{(name.Length > 48 ? name[..48] : name)}-{Guid.NewGuid().ToString("N")[..SuffixDigits]}";
        _current = new(Gateway, Now());
        _current.Break(); // until the process listens
    }

    /// <summary>Name of this process, at most 64 characters.</summary>
    public string Gateway { get; }

    /// <summary>The slice of the request that is being answered; outside of requests the one that lasts.</summary>
    public IntakeSlice Current => _requests.HttpContext?.Features.Get<IntakeSlice>() ?? Last();

    /// <summary>Has a request belong to the slice that lasts, and holds that open until the request is answered.</summary>
    public void Enter(HttpContext http)
    {
        if (http.Features.Get<IntakeSlice>() is not null)
            return;
        lock (_lock) // else it could end between
        {
            http.Response.RegisterForDispose(_current.Hold());
            http.Features.Set(_current);
        }
    }

    /// <summary>A batch of news that names the slice; its disposal without <see cref="IntakeBatch.Kept"/> leaves the slice uncovered.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The caller disposes it.")]
    public IntakeBatch Begin()
    {
        if (_requests.HttpContext?.Features.Get<IntakeSlice>() is { } own)
            return own.Begin();
        lock (_lock)
            return _current.Begin();
    }

    /// <summary>Something is not taken that should be.</summary>
    public void Break() => Current.Break();

    /// <summary>Ends the slice that lasts and begins the next. Returns the one that ended; null when the clock has not moved on.</summary>
    public IntakeSlice? Turn()
    {
        lock (_lock)
        {
            var now = Now();
            if (now <= _current.From)
                return null;
            var ended = _current;
            ended.To = now;
            _current = new(Gateway, now);
            return ended;
        }
    }

    IntakeSlice Last()
    {
        lock (_lock)
            return _current;
    }

    // As the evaluator keeps it.
    DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());
}
