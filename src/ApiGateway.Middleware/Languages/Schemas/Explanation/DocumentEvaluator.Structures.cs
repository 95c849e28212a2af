using ApiGateway.Middleware.Languages.Schemas.Json;
using ApiGateway.Middleware.Languages.Schemas.Loading;

namespace ApiGateway.Middleware.Languages.Schemas.Explanation;

// Arrays, objects and combinations.
internal sealed partial class DocumentEvaluator
{
    private bool JudgeArray(SchemaPart part, JsonValue value)
    {
        var count = value.Items.Length;
        var valid = true;
        if (count < part.MinItems)
        {
            valid = Fail(FailureText.TooFewItems(part.MinItems, count));
        }

        if (count > part.MaxItems)
        {
            valid = Fail(FailureText.TooManyItems(part.MaxItems, count));
        }

        if (part.UniqueItems && HasDuplicates(value.Items))
        {
            valid = Fail(FailureText.Duplicates);
        }

        return valid;
    }

    private static bool HasDuplicates(JsonValue[] items) =>
        new HashSet<JsonValue>(items, JsonValueComparer.Instance).Count < items.Length;

    private bool JudgeItems(SchemaPart part, JsonValue value, bool[] evaluated)
    {
        var valid = true;
        var disallowed = false;
        for (var i = 0; i < value.Items.Length; i++)
        {
            if (i < part.PrefixItems.Length)
            {
                valid &= JudgeChild(part.PrefixItems[i], value.Items[i]);
                evaluated[i] = true;
            }
            else if (part.Items is { IsNever: true })
            {
                disallowed = true;
            }
            else if (part.Items is not null)
            {
                valid &= JudgeChild(part.Items, value.Items[i]);
                evaluated[i] = true;
            }
        }

        if (disallowed)
        {
            valid = Fail(FailureText.ItemsNotAllowed(part.PrefixItems.Length, value.Items.Length));
        }

        valid &= JudgeContains(part, value, evaluated);
        for (var i = 0; i < value.Items.Length && part.UnevaluatedItems is not null; i++)
        {
            valid &= evaluated[i] || JudgeChild(part.UnevaluatedItems, value.Items[i]);
            evaluated[i] = true;
        }

        return valid;
    }

    private bool JudgeContains(SchemaPart part, JsonValue value, bool[] evaluated)
    {
        if (part.Contains is null)
        {
            return true;
        }

        var matches = 0;
        for (var i = 0; i < value.Items.Length; i++)
        {
            if (Try(part.Contains, value.Items[i], NewMarks(value.Items[i])))
            {
                evaluated[i] = true;
                matches++;
            }
        }

        return (matches >= part.MinContains && matches <= part.MaxContains) || Fail(FailureText.Contains(part, matches));
    }

    private bool JudgeObject(SchemaPart part, JsonValue value)
    {
        var valid = true;
        var missing = Missing(part.Required, value);
        if (missing.Count > 0)
        {
            valid = Fail(FailureText.Required(missing));
        }

        if (part.AdditionalProperties is { IsNever: true })
        {
            List<string> unwanted =
                [.. value.Members.Select(member => member.Name).Where(name => IsAdditional(part, name)).Distinct()];
            if (unwanted.Count > 0)
            {
                valid = Fail(FailureText.AdditionalProperties(unwanted));
            }
        }

        var count = value.Members.Length;
        if (count < part.MinProperties)
        {
            valid = Fail(FailureText.TooFewProperties(count, part.MinProperties));
        }

        if (count > part.MaxProperties)
        {
            valid = Fail(FailureText.TooManyProperties(count, part.MaxProperties));
        }

        foreach (var (trigger, needed) in part.DependentRequired)
        {
            missing = value.Find(trigger) is null ? [] : Missing(needed, value);
            if (missing.Count > 0)
            {
                valid = Fail(FailureText.Dependencies(trigger, needed, missing));
            }
        }

        return valid;
    }

    private static List<string> Missing(string[] names, JsonValue value)
    {
        var present = value.Members.Select(member => member.Name).ToHashSet();
        return [.. names.Where(name => !present.Contains(name))];
    }

    private bool IsAdditional(SchemaPart part, string name) =>
        !Array.Exists(part.Properties, property => property.Key == name)
        && !Array.Exists(part.PatternProperties, property => IsMatch(property.Key, name));

    private bool JudgeMembers(SchemaPart part, JsonValue value, bool[] evaluated)
    {
        var valid = true;
        for (var i = 0; i < value.Members.Length; i++)
        {
            var (name, member) = value.Members[i];
            if (part.PropertyNames is not null)
            {
                valid &= JudgeChild(part.PropertyNames, JsonValue.String(name));
            }

            var children = ChildrenOf(part, name);
            foreach (var child in children)
            {
                // A name that is not allowed was reported with all others.
                valid &= child.IsNever && child == part.AdditionalProperties ? false : JudgeChild(child, member);
            }

            evaluated[i] |= children.Count > 0;
            if (part.UnevaluatedProperties is not null && !evaluated[i])
            {
                valid &= part.UnevaluatedProperties.IsNever
                    ? Fail(FailureText.AdditionalProperties([name]))
                    : JudgeChild(part.UnevaluatedProperties, member);
                evaluated[i] = true;
            }
        }

        return valid;
    }

    private List<SchemaPart> ChildrenOf(SchemaPart part, string name)
    {
        var children = new List<SchemaPart>();
        foreach (var (property, child) in part.Properties)
        {
            if (property == name)
            {
                children.Add(child);
            }
        }

        foreach (var (pattern, child) in part.PatternProperties)
        {
            if (IsMatch(pattern, name))
            {
                children.Add(child);
            }
        }

        if (children.Count == 0 && part.AdditionalProperties is not null)
        {
            children.Add(part.AdditionalProperties);
        }

        return children;
    }

    // The alternatives are all tried, since each that matches tells what it has evaluated.
    private bool JudgeCombinations(SchemaPart part, JsonValue value, bool[] evaluated)
    {
        var valid = true;
        var matches = part.AllOf.Count(child => Try(child, value, evaluated));
        if (matches < part.AllOf.Length)
        {
            valid = Fail(FailureText.AllOf(matches, part.AllOf.Length));
        }

        matches = part.AnyOf.Count(child => Try(child, value, evaluated));
        if (part.AnyOf.Length > 0 && matches == 0)
        {
            valid = Fail(FailureText.AnyOf(part.AnyOf.Length));
        }

        matches = part.OneOf.Count(child => Try(child, value, evaluated));
        if (part.OneOf.Length > 0 && matches != 1)
        {
            valid = Fail(FailureText.OneOf(matches, part.OneOf.Length));
        }

        if (part.Not is not null && Try(part.Not, value, NewMarks(value)))
        {
            valid = Fail(FailureText.Not);
        }

        if (part.If is not null)
        {
            var branch = Try(part.If, value, evaluated) ? part.Then : part.Else;
            valid &= branch is null || JudgeAlso(branch, value, evaluated);
        }

        foreach (var (trigger, child) in part.DependentSchemas)
        {
            valid &= value.Find(trigger) is null || JudgeAlso(child, value, evaluated);
        }

        return valid;
    }
}
