using Sigma.Simulator.Received;
using Sigma.Simulator.Segware;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Faults;

internal sealed class FaultInjection(RequestDelegate next, FaultBoard faults, SegwareErrors errors, IHostApplicationLifetime lifetime)
{
    private static readonly object Broken = new(), Struck = new();

    public static bool BreaksOff(HttpContext context) => context.Items.ContainsKey(Broken);

    public static FaultKind? StruckBy(HttpContext context) => (FaultKind?)context.Items[Struck];

    public async Task InvokeAsync(HttpContext context)
    {
        if (!CallCounting.IsOfTheApis(context.Request.Path) || faults.Strike(context.Request.Method, context.Request.Path) is not { } fault)
        {
            await next(context);
            return;
        }

        context.Items[Struck] = fault.Kind;
        if (fault.Kind is FaultKind.Hang or FaultKind.Cut or FaultKind.DoneThenHang)
        {
            context.Items[Broken] = true;
        }

        // Real time on purpose: clients measure their patience on the wire, not on the simulated clock.
        if (fault.Delay > TimeSpan.Zero && !await Wait(context, fault.Delay))
        {
            return;
        }

        await (fault.Kind switch
        {
            FaultKind.Delay => next(context),
            FaultKind.Hang => Hang(context),
            FaultKind.Cut => Cut(context, fault.CutAfter),
            FaultKind.DoneThenHang => WorkThenHang(context),
            FaultKind.Answer => Answer(context, fault),
            FaultKind.NotJson => SegwareErrors.Page(StatusCodes.Status200OK, "Em manutenção").ExecuteAsync(context),
            FaultKind.OverLimit => errors.OverLimit().ExecuteAsync(context),
            FaultKind.TooManyRequests => TooMany(context, fault.RetryAfter),
            _ => Error(context, fault.Status, "simulated_fault", "Falha simulada.").ExecuteAsync(context),
        });
    }

    private Task TooMany(HttpContext context, TimeSpan retryAfter)
    {
        VendorEndpoint.SetRetryAfter(context, retryAfter);
        return Error(context, StatusCodes.Status429TooManyRequests, "too_many_requests", "Muitas requisições.", retryAfter).ExecuteAsync(context);
    }

    private IResult Error(HttpContext context, int status, string messageKey, string message, TimeSpan? retryAfter = null) =>
        VendorEndpoint.Of(context)?.Error(status, retryAfter) ?? errors.Answer(status, messageKey, message);

    private async Task Hang(HttpContext context)
    {
        await Wait(context, Timeout.InfiniteTimeSpan);
        BreakOff(context);
    }

    private async Task Cut(HttpContext context, int after)
    {
        var body = context.Response.Body;
        context.Response.Body = new CutStream(body, after);

        // A body shorter than the cut must not look whole.
        context.Response.OnStarting(() =>
        {
            context.Response.ContentLength = null;
            return Task.CompletedTask;
        });
        try
        {
            await next(context);
            if (context.Response.StatusCode != StatusCodes.Status204NoContent) // which is whole with its headers
            {
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (BodyCutException)
        {
            await body.FlushAsync(context.RequestAborted);
        }

        BreakOff(context);
    }

    private async Task Answer(HttpContext context, Fault fault)
    {
        var response = context.Response;
        if (fault.WorkIsDone)
        {
            var body = response.Body;
            response.Body = Stream.Null;
            await next(context);
            response.Body = body;
            response.Clear();
        }

        response.StatusCode = fault.Status;
        if (fault.Location is not null)
        {
            response.Headers.Location = fault.Location;
        }

        if (fault.Body is not null)
        {
            response.ContentType = fault.ContentType;
            await response.WriteAsync(fault.Body, context.RequestAborted);
        }
    }

    private async Task WorkThenHang(HttpContext context)
    {
        context.Response.Body = Stream.Null;
        await next(context);
        await Hang(context);
    }

    private static void BreakOff(HttpContext context)
    {
        context.Items[Broken] = true;
        context.Abort();
    }

    /// <returns>False when the client left or the simulator stops.</returns>
    private async Task<bool> Wait(HttpContext context, TimeSpan time)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await Task.Delay(time, gone.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            BreakOff(context);
            return false;
        }
    }
}
