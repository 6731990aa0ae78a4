/** A definition with one of everything that can be broken at; lines are counted from 1. */
export const shop = `{
  "StartAt": "Price",
  "States": {
    "Price": {
      "Type": "Task",
      "Resource": "arn:aws:lambda:us-east-1:123456789012:function:price",
      "InputPath": "$.order",
      "Parameters": {
        "id.$": "$.id"
      },
      "ResultSelector": {
        "total.$": "$.amount"
      },
      "Assign": {
        "total.$": "$.amount"
      },
      "ResultPath": "$.priced",
      "Retry": [
        {
          "ErrorEquals": ["Busy"],
          "IntervalSeconds": 10,
          "MaxAttempts": 2
        }
      ],
      "Catch": [
        {
          "ErrorEquals": ["NoPrice"],
          "ResultPath": "$.error",
          "Next": "Sorry"
        }
      ],
      "Next": "Dear?"
    },
    "Dear?": {
      "Type": "Choice",
      "Choices": [
        {
          "Variable": "$.priced.total",
          "NumericGreaterThan": 100,
          "Next": "Ask"
        }
      ],
      "Default": "Done"
    },
    "Ask": {
      "Type": "Wait",
      "Seconds": 86400,
      "Next": "Done"
    },
    "Sorry": {
      "Type": "Fail",
      "Error": "Sorry",
      "Cause": "It has no price."
    },
    "Done": {
      "Type": "Succeed"
    }
  }
}
`;

/** Answers for it: dear, cheap, busy twice and then cheap, and without a price. */
export const shopMocks = `{
  "StateMachines": {
    "shop": {
      "TestCases": {
        "Dear": { "Price": "Dear" },
        "Cheap": { "Price": "Cheap" },
        "Busy": { "Price": "Busy" },
        "None": { "Price": "None" }
      }
    }
  },
  "MockedResponses": {
    "Dear": {
      "0": { "Return": { "amount": 120 } }
    },
    "Cheap": {
      "0": { "Return": { "amount": 7 } }
    },
    "Busy": {
      "0-1": { "Throw": { "Error": "Busy", "Cause": "try later" } },
      "2": { "Return": { "amount": 7 } }
    },
    "None": {
      "0": { "Throw": { "Error": "NoPrice", "Cause": "{\\"sku\\": 1}" } }
    }
  }
}
`;

export const shopFiles = { '/shop.asl.json': shop, '/mocks.json': shopMocks };

export const shopWith = (testCase: string): Record<string, unknown> => ({
  program: '/shop.asl.json',
  input: { order: { id: 'o-1', password: 'hunter2' } },
  mockFile: '/mocks.json',
  testCase,
});

/** A Map over its input: each item is doubled, and one of them may fail. */
export const doubling = `{
  "QueryLanguage": "JSONata",
  "StartAt": "Each",
  "States": {
    "Each": {
      "Type": "Map",
      "Items": "{% $states.input.numbers %}",
      "MaxConcurrency": 2,
      "ItemProcessor": {
        "StartAt": "Double",
        "States": {
          "Double": {
            "Type": "Pass",
            "Assign": { "twice": "{% $states.input * 2 %}" },
            "Next": "Tell"
          },
          "Tell": {
            "Type": "Pass",
            "Output": "{% $twice %}",
            "End": true
          }
        }
      },
      "Output": "{% $sum($states.result) %}",
      "Next": "End"
    },
    "End": { "Type": "Succeed" }
  }
}
`;

/** Two branches that count by themselves. */
export const branches = `{
  "StartAt": "Fan",
  "States": {
    "Fan": {
      "Type": "Parallel",
      "Branches": [
        {
          "StartAt": "A1",
          "States": {
            "A1": { "Type": "Pass", "Result": 1, "Next": "A2" },
            "A2": { "Type": "Pass", "End": true }
          }
        },
        {
          "StartAt": "B1",
          "States": {
            "B1": { "Type": "Pass", "Result": 2, "Next": "B2" },
            "B2": { "Type": "Pass", "End": true }
          }
        }
      ],
      "End": true
    }
  }
}
`;

/** A loop that counts to its limit. */
export const counting = `{
  "QueryLanguage": "JSONata",
  "StartAt": "Start",
  "States": {
    "Start": {
      "Type": "Pass",
      "Assign": { "n": 0 },
      "Next": "Count"
    },
    "Count": {
      "Type": "Pass",
      "Assign": { "n": "{% $n + 1 %}" },
      "Next": "More?"
    },
    "More?": {
      "Type": "Choice",
      "Choices": [
        {
          "Condition": "{% $n < $states.input.limit %}",
          "Next": "Count"
        }
      ],
      "Default": "End"
    },
    "End": { "Type": "Succeed", "Output": "{% $n %}" }
  }
}
`;
