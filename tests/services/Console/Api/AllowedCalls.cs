using Sigma.OperatorConsole.Access;

namespace Sigma.ServiceTests.Console.Api;

/// <summary>
/// Who may ask what of the API: written down here, and not taken from the code. An endpoint that has no line is a fault, whatever it does.
/// </summary>
internal static class AllowedCalls
{
    public static IReadOnlyList<AllowedCall> All { get; } =
    [
        new("ListAlerts", Role.Viewer, Sees.Part),
        new("GetAlert", Role.Viewer, Sees.Part),
        new("GetTimeline", Role.Viewer, Sees.Part),
        new("GetOtherEpisodes", Role.Viewer, Sees.Part),
        new("GetOthersOfAccount", Role.Viewer, Sees.Part),
        new("AcknowledgeAlert", Role.Operator, Sees.Part),
        new("CommentAlert", Role.Operator, Sees.Part),
        new("AssignAlert", Role.Operator, Sees.Part),
        new("SnoozeAlert", Role.Operator, Sees.Part),
        new("CloseAlert", Role.Operator, Sees.Part),
        new("AcknowledgeAlerts", Role.Operator, Sees.Part),
        new("GetFacets", Role.Viewer, Sees.Part),
        new("FollowAlerts", Role.Viewer, Sees.Part),
        new("GetMe", Role.Viewer, Sees.Part),
        new("ListAudit", Role.Administrator, Sees.All),
        new("ListSettings", Role.Administrator, Sees.All),
        new("ExplainAlert", Role.Viewer, Sees.Part),
        new("GetTelling", Role.Viewer, Sees.Part),
        new("ExplainKey", Role.Viewer, Sees.All),
        new("ListKeys", Role.Viewer, Sees.All),
        new("ListHistory", Role.Viewer, Sees.Part),
        new("DownloadHistory", Role.Viewer, Sees.Part),
        new("GetTimes", Role.Viewer, Sees.Part),
        new("ListViews", Role.Viewer, Sees.Part),
        new("SaveView", Role.Viewer, Sees.Part),
        new("DeleteView", Role.Viewer, Sees.Part),
        new("ListUsers", Role.Administrator, Sees.All),
        new("AddUser", Role.Administrator, Sees.All),
        new("GetUser", Role.Administrator, Sees.All),
        new("ChangeUser", Role.Administrator, Sees.All),
        new("RemoveUser", Role.Administrator, Sees.All),
        new("ResetPassword", Role.Administrator, Sees.All),
        new("ListTokens", Role.Administrator, Sees.All),
        new("AddToken", Role.Administrator, Sees.All),
        new("RevokeToken", Role.Administrator, Sees.All),
        new("ListRules", Role.Viewer, Sees.All),
        new("PutRules", Role.Engineer, Sees.All),
        new("ShowRule", Role.Viewer, Sees.All),
        new("PutRule", Role.Engineer, Sees.All),
        new("RemoveRule", Role.Engineer, Sees.All),
        new("ListRuleRevisions", Role.Viewer, Sees.All),
        new("CompareRuleRevisions", Role.Viewer, Sees.All),
        new("CheckRule", Role.Engineer, Sees.All),
        new("BacktestRule", Role.Engineer, Sees.All),
        new("SetRuleMode", Role.Engineer, Sees.All),
        new("RollBackRule", Role.Engineer, Sees.All),
        new("CloneRule", Role.Engineer, Sees.All),
        new("ListSilences", Role.Viewer, Sees.All),
        new("AddSilence", Role.Operator, Sees.All),
        new("PreviewSilence", Role.Viewer, Sees.All),
        new("EndSilence", Role.Operator, Sees.All),
        new("ShowRoutes", Role.Viewer, Sees.All),
        new("PutRoutes", Role.Engineer, Sees.All),
        new("RollBackRoutes", Role.Engineer, Sees.All),
        new("ListRouteRevisions", Role.Viewer, Sees.All),
        new("ShowRouteRevision", Role.Viewer, Sees.All),
        new("TestRoutes", Role.Viewer, Sees.All),
        new("ListReceivers", Role.Viewer, Sees.All),
        new("TestReceiver", Role.Engineer, Sees.All),
        new("ListDeliveries", Role.Viewer, Sees.All),
        new("RetryDelivery", Role.Operator, Sees.All),
        new("GiveUpDelivery", Role.Operator, Sees.All),
        new("SettleDelivery", Role.Operator, Sees.All),
        new("ListIntegrations", Role.Viewer, Sees.All),
        new("ListIntegrationRevisions", Role.Viewer, Sees.All),
        new("ShowIntegration", Role.Viewer, Sees.All),
        new("PutIntegration", Role.Engineer, Sees.All),
        new("RenewIntegrationKey", Role.Engineer, Sees.All),
        new("RemoveIntegration", Role.Engineer, Sees.All),
        new("ListIntake", Role.Viewer, Sees.All),
        new("ShowIntake", Role.Engineer, Sees.All),
        new("ReplayIntake", Role.Engineer, Sees.All),
        new("ListPolledSources", Role.Viewer, Sees.All),
        new("ShowPolledSource", Role.Viewer, Sees.All),
        new("ListPolls", Role.Viewer, Sees.All),
        new("ListAgents", Role.Viewer, Sees.All),
        new("FindLogLines", Role.Viewer, Sees.All),
        new("CountLogLines", Role.Viewer, Sees.All),
        new("ShowLogLine", Role.Viewer, Sees.All),
        new("FollowLogLines", Role.Viewer, Sees.All),
        new("ListSeries", Role.Viewer, Sees.All),
        new("ListSamples", Role.Viewer, Sees.All),
        new("ShowHealth", Role.Viewer, Sees.All),
        new("ShowCoverage", Role.Viewer, Sees.All),
        new("ShowOutbox", Role.Viewer, Sees.All),
        new("ListQueues", Role.Viewer, Sees.All),
        new("ListFailedMessages", Role.Engineer, Sees.All),
        new("SendBackMessages", Role.Engineer, Sees.All),
        new("DropMessages", Role.Engineer, Sees.All),
        new("StartDrill", Role.Operator, Sees.All),
        new("WatchDrill", Role.Viewer, Sees.All),
        new("AlertmanagerAlerts", Role.Viewer, Sees.Part),
        new("AlertmanagerGroups", Role.Viewer, Sees.Part),
        new("AlertmanagerSilences", Role.Viewer, Sees.All),
        new("AlertmanagerSilence", Role.Viewer, Sees.All),
        new("AlertmanagerReceivers", Role.Viewer, Sees.Part),
        new("AlertmanagerStatus", Role.Viewer, Sees.Part),
        new("SimpleJsonTest", Role.Viewer, Sees.Part),
        new("SimpleJsonSearch", Role.Viewer, Sees.Part),
        new("SimpleJsonQuery", Role.Viewer, Sees.Part),
        new("SimpleJsonAnnotations", Role.Viewer, Sees.Part),
        new("SimpleJsonTagKeys", Role.Viewer, Sees.Part),
        new("SimpleJsonTagValues", Role.Viewer, Sees.Part),
    ];
}

/// <summary>Who may call an operation.</summary>
/// <param name="Operation">Its name in the document.</param>
/// <param name="Needs">The least role.</param>
/// <param name="Sees">Whether who is limited to a part may call it too.</param>
internal sealed record AllowedCall(string Operation, Role Needs, Sees Sees);

/// <summary>What who calls must see.</summary>
internal enum Sees
{
    /// <summary>A part is enough: it gets that part.</summary>
    Part,

    /// <summary>Everything.</summary>
    All,
}
