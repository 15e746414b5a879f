using Microsoft.Extensions.Options;
using Sigma.Notifier.Receivers;

namespace Sigma.Notifier.Routing;

/// <summary>Checks that what the policy names is there.</summary>
internal sealed class PolicyCheck(IConfiguration configuration) : IValidateOptions<NotifierOptions>
{
    public ValidateOptionsResult Validate(string? name, NotifierOptions options)
    {
        try
        {
            var failures = Failures(options, ReceiverSettings.Read(configuration));
            return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
        }
        catch (Exception e) when (e is OptionsValidationException or InvalidOperationException)
        {
            return ValidateOptionsResult.Skip; // who reads the receivers says what is wrong with them
        }
    }

    /// <summary>What is wrong with the settings.</summary>
    public static List<string> Failures(NotifierOptions settings, ReceiverSettings receivers)
    {
        var failures = Failures(PolicyOptions.Of(settings), new(), receivers, "Notifier");
        var silences = settings.Silences.Select(silence => silence.Name).ToList();
        for (var i = 0; i < silences.Count; i++)
            if (silences.IndexOf(silences[i]) is var first && first < i)
                failures.Add($"Notifier__Silences__{i}__Name is {silences[i]}, which Notifier__Silences__{first} has already");
        return failures;
    }

    /// <param name="policy">What is checked.</param>
    /// <param name="beside">The other part of the policy, which has been.</param>
    /// <param name="receivers">The receivers there are.</param>
    /// <param name="section">Where it is.</param>
    public static List<string> Failures(PolicyOptions policy, PolicyOptions beside, ReceiverSettings receivers, string section)
    {
        List<string> failures = [];
        var names = receivers.All.Select(receiver => receiver.Name).ToList();
        var escalations = policy.Escalations.Concat(beside.Escalations).Select(escalation => escalation.Name).ToList();
        CheckTwins("Routes", policy.Routes.Select(route => route.Name), beside.Routes.Select(route => route.Name));
        CheckTwins("Maintenance", policy.Maintenance.Select(window => window.Name), beside.Maintenance.Select(window => window.Name));
        CheckTwins("Inhibitions", policy.Inhibitions.Select(rule => rule.Name), beside.Inhibitions.Select(rule => rule.Name));
        CheckTwins("Escalations", policy.Escalations.Select(rule => rule.Name), beside.Escalations.Select(rule => rule.Name));
        for (var i = 0; i < policy.Routes.Count; i++)
        {
            var route = policy.Routes[i];
            if (route.Parent.Length > 0 && !policy.Routes.Take(i).Any(before => before.Name == route.Parent))
                failures.Add($"{section}__Routes__{i}__Parent is {route.Parent}, which is no route that stands before it");
            CheckReceiver($"Routes__{i}", route.Receiver);
            if (route.Escalation.Length > 0 && !escalations.Contains(route.Escalation))
                failures.Add($"{section}__Routes__{i}__Escalation is {route.Escalation}, which is no escalation");
        }
        for (var i = 0; i < policy.Escalations.Count; i++)
            for (var j = 0; j < policy.Escalations[i].Steps.Count; j++)
                CheckReceiver($"Escalations__{i}__Steps__{j}", policy.Escalations[i].Steps[j].Receiver);
        return failures;

        void CheckReceiver(string at, string receiver)
        {
            if (receiver.Length > 0 && !names.Contains(receiver))
                failures.Add($"{section}__{at}__Receiver is {receiver}, which is none of the receivers: {string.Join(", ", names)}");
        }

        void CheckTwins(string list, IEnumerable<string> own, IEnumerable<string> others)
        {
            var all = own.ToList();
            var taken = others.ToHashSet();
            for (var i = 0; i < all.Count; i++)
                if (all[i].Length > 0 && all.IndexOf(all[i]) is var first && first < i)
                    failures.Add($"{section}__{list}__{i}__Name is {all[i]}, which {section}__{list}__{first} has already");
                else if (taken.Contains(all[i]))
                    failures.Add($"{section}__{list}__{i}__Name is {all[i]}, which one of the settings has already");
        }
    }
}
