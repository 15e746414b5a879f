using System.Text.Json;
using System.Text.Json.Serialization;
using Sigma.Evaluator.Queries;
using Sigma.Hosting.Api;

namespace Sigma.Evaluator.Api;

/// <summary>The bodies of the evaluator's internal API, as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RuleList))]
[JsonSerializable(typeof(RuleFaults))]
[JsonSerializable(typeof(Page<RuleRevision>))]
[JsonSerializable(typeof(RuleDifferences))]
[JsonSerializable(typeof(RulesChanged))]
[JsonSerializable(typeof(RulesToPut))]
[JsonSerializable(typeof(RulesToCheck))]
[JsonSerializable(typeof(RuleToPut))]
[JsonSerializable(typeof(ModeChange))]
[JsonSerializable(typeof(RollBack))]
[JsonSerializable(typeof(CloneOfRule))]
[JsonSerializable(typeof(Removal))]
[JsonSerializable(typeof(BacktestQuestion))]
[JsonSerializable(typeof(BacktestProgress))]
[JsonSerializable(typeof(BacktestSummary))]
[JsonSerializable(typeof(BacktestEpisodeLine))]
[JsonSerializable(typeof(BacktestFailure))]
[JsonSerializable(typeof(Page<RaisedAlert>))]
[JsonSerializable(typeof(AlertAndNotes))]
[JsonSerializable(typeof(Page<PastDeed>))]
[JsonSerializable(typeof(AcknowledgeOrder))]
[JsonSerializable(typeof(CommentOrder))]
[JsonSerializable(typeof(AssignOrder))]
[JsonSerializable(typeof(SnoozeOrder))]
[JsonSerializable(typeof(CommandAnswer))]
[JsonSerializable(typeof(ExplainedKey))]
[JsonSerializable(typeof(KeysOfAccount))]
[JsonSerializable(typeof(EvaluatedDrill))]
internal sealed partial class ApiJson : JsonSerializerContext;
