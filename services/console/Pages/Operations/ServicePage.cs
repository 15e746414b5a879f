using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Pages.Operations;

/// <summary>A static page about what other services own: a part whose service does not answer says so, and the rest is there.</summary>
public abstract class ServicePage : ComponentBase
{
    [CascadingParameter]
    Task<AuthenticationState> Auth { get; set; } = null!;

    /// <summary>The request; null on a live page.</summary>
    [CascadingParameter]
    protected HttpContext? Http { get; set; }

    /// <summary>Where the page goes when something is done.</summary>
    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>Who looks.</summary>
    protected Caller Caller { get; private set; } = null!;

    /// <summary>Ends when nobody waits for the page any more.</summary>
    protected CancellationToken Ct => Http?.RequestAborted ?? CancellationToken.None;

    /// <summary>Whether the page was sent a form, and is not only looked at.</summary>
    protected bool IsForm => Http is not null && HttpMethods.IsPost(Http.Request.Method);

    /// <inheritdoc />
    protected sealed override async Task OnInitializedAsync()
    {
        Caller = Caller.Of((await Auth).User);
        await Load();
    }

    /// <summary>Asks for what the page shows.</summary>
    protected abstract Task Load();

    /// <summary>Asks a service, and keeps what it says, or why it does not.</summary>
    protected static async Task<Part<T>> Ask<T>(Func<Task<T>> ask)
    {
        try
        {
            return new(await ask(), null);
        }
        catch (ServiceException e)
        {
            return new(default, e);
        }
    }

    /// <summary>Has a service do something; null when it is done, else why it is not.</summary>
    protected static async Task<ServiceException?> Do(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (ServiceException e)
        {
            return e;
        }
    }
}

/// <summary>What a service says, or why it does not.</summary>
/// <param name="Value">What it says.</param>
/// <param name="Failure">Why not.</param>
public sealed record Part<T>(T? Value, ServiceException? Failure);
