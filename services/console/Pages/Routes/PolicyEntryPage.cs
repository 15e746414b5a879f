using Microsoft.AspNetCore.Components;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Pages.Operations;
using Sigma.OperatorConsole.Routes;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Pages.Routes;

/// <summary>A page with one entry of the policy as a form. All of the policy is sent, so that nobody's change meanwhile is lost.</summary>
public abstract class PolicyEntryPage : ServicePage
{
    [Inject]
    RouteCommands Commands { get; set; } = null!;

    /// <summary>What was asked for; null before.</summary>
    private protected Part<RoutePolicy>? Policy { get; private set; }

    /// <summary>What people made, to be changed; null when it is not known.</summary>
    private protected PolicyDraft? Draft { get; private set; }

    /// <summary>Why it was not changed.</summary>
    private protected ServiceException? Failure { get; private set; }

    /// <summary>Whether somebody else was faster.</summary>
    private protected bool IsOutdated { get; private set; }

    /// <summary>Whether who looks may change it.</summary>
    protected bool MayChange => Caller.Role >= Role.Engineer && Caller.Limits.IsNone;

    /// <inheritdoc />
    protected sealed override async Task Load()
    {
        Policy = await Ask(() => Commands.Current(Caller, Ct));
        if (Policy.Value is not { } policy)
            return;
        Draft = PolicyDraft.Of(policy.Made);
        await Begin(policy);
    }

    /// <summary>Fills the form in, unless it was sent.</summary>
    private protected abstract Task Begin(RoutePolicy policy);

    /// <summary>Sends the policy with the entry as the form has it, or without it.</summary>
    private protected async Task Send(string list, PolicyEntryForm form, Action<PolicyDraft> put)
    {
        if (Draft is null)
            return;
        if (form.Action == PolicyEntryForm.Remove)
            Draft.Remove(list, form.Old ?? "");
        else
            put(Draft);
        var change = await Ask(() => Commands.Put(Draft.Policy, form.Revision, form.Reason, Caller, Ct));
        (Failure, IsOutdated) = (change.Failure, change.Failure is { IsOutdated: true });
        if (change.Value is { } changed)
            Navigation.NavigateTo(changed.Revision is null ? "routes?done=same" : "routes?done=changed");
        else if (IsOutdated && Policy?.Value is { } present)
            form.Revision = present.Revision; // what was typed stays: who sends it again has been told
    }

    // What is said stays to be seen, also when there is no such thing any more.
    private protected static IEnumerable<string> With(IReadOnlyList<string> all, string? said) =>
        string.IsNullOrEmpty(said) || all.Contains(said) ? all : all.Append(said);
}
